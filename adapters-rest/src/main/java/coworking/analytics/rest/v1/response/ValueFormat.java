package coworking.analytics.rest.v1.response;

import com.fasterxml.jackson.core.JsonGenerator;
import coworking.analytics.rest.http.PythonTimeFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Formats values for responses: times in RFC 3339 with their offset, and numbers without rounding. */
final class ValueFormat {

    private static final int SECONDS_PER_MINUTE = 60;

    private ValueFormat() {}

    /** The content of an optional value, or the empty Optional. */
    static Object unwrap(Object value) {
        return switch (value) {
            case Optional<?> optional when optional.isPresent() -> optional.get();
            case OptionalLong optional when optional.isPresent() -> optional.getAsLong();
            case OptionalDouble optional when optional.isPresent() -> optional.getAsDouble();
            case OptionalLong _ -> Optional.empty();
            case OptionalDouble _ -> Optional.empty();
            default -> value;
        };
    }

    /** Formats a value as text; an empty one as the empty text. */
    static String text(Object value) {
        return switch (unwrap(value)) {
            case Optional<?> _ -> "";
            case Double number -> decimal(number);
            case OffsetDateTime time -> time(time);
            case Object other -> other.toString();
        };
    }

    /**
     * Formats a time with six digits of its microseconds, or none if there are none. RFC 3339 knows no seconds of an offset, such as that of
     * Monrovia until 1972: such a time is given with an offset of whole minutes, and is the same moment.
     */
    private static String time(OffsetDateTime time) {
        var offset = ZoneOffset.ofTotalSeconds(time.getOffset().getTotalSeconds() / SECONDS_PER_MINUTE * SECONDS_PER_MINUTE);
        var wall = time.withOffsetSameInstant(offset).toLocalDateTime();
        return PythonTimeFormat.format(wall).replace(' ', 'T') + (offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
    }

    /** Formats without an exponent, and whole numbers without a decimal point. */
    private static String decimal(Double number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }

    /** Whether the value is a number, whose text may begin with a sign. */
    static boolean isNumber(Object value) {
        return unwrap(value) instanceof Number;
    }

    /** Writes a value as JSON; an empty one as null. */
    static void write(Object value, JsonGenerator json) throws IOException {
        switch (unwrap(value)) {
            case Optional<?> _ -> json.writeNull();
            case Boolean bool -> json.writeBoolean(bool);
            case Number number -> json.writeNumber(text(number));
            case List<?> list -> writeList(list, json);
            case Map<?, ?> object -> writeObject(object, json);
            case Object other -> json.writeString(text(other));
        }
    }

    private static void writeList(List<?> list, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (var element : list) {
            write(element, json);
        }
        json.writeEndArray();
    }

    private static void writeObject(Map<?, ?> object, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (var field : object.entrySet()) {
            json.writeFieldName(String.valueOf(field.getKey()));
            write(field.getValue(), json);
        }
        json.writeEndObject();
    }
}
