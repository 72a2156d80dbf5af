package coworking.analytics.rest.original;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisitCount;
import coworking.analytics.domain.report.UserVisits;
import coworking.analytics.rest.http.JsonWriter;
import coworking.analytics.rest.http.PythonTimeFormat;
import java.io.IOException;
import java.io.OutputStream;

/** Encodes the two reports as the original service did. */
public final class ReportJson {

    private static final SerializableString JOINED_AT = new SerializedString("joined_at");
    private static final SerializableString VISITS = new SerializedString("visits");

    private ReportJson() {}

    /** {@code {"2023-02-07":12}}, dates in the report's order. */
    public static void write(DailyUsage report, OutputStream out) throws IOException {
        JsonWriter.object(json -> {
            for (var day : report.visits().entrySet()) {
                json.writeNumberField(PythonTimeFormat.format(day.getKey()), day.getValue());
            }
        }, out);
    }

    /** {@code {"1":{"joined_at":"2023-01-20 03:23:39.757813","visits":6}}}, users in the report's order. */
    public static void write(UserVisits report, OutputStream out) throws IOException {
        JsonWriter.object(json -> {
            for (var user : report) {
                write(user, json);
            }
        }, out);
    }

    private static void write(UserVisitCount user, JsonGenerator json) throws IOException {
        json.writeFieldName(Long.toString(user.userId()));
        json.writeStartObject();
        json.writeFieldName(JOINED_AT);
        json.writeString(PythonTimeFormat.format(user.joinedAt()));
        json.writeFieldName(VISITS);
        json.writeNumber(user.visits());
        json.writeEndObject();
    }
}
