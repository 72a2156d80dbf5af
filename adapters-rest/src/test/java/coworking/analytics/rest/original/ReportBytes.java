package coworking.analytics.rest.original;

import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisits;
import coworking.analytics.rest.http.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reports as all of their bytes. */
public final class ReportBytes {

    private ReportBytes() {}

    static byte[] of(DailyUsage report) {
        return all(out -> ReportJson.write(report, out));
    }

    public static byte[] of(UserVisits report) {
        return all(out -> ReportJson.write(report, out));
    }

    static byte[] all(StreamingOutput content) {
        var bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
