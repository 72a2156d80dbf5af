package coworking.analytics.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Values as answers show them: times as ISO 8601 has them without a zone, and of fractional numbers all that is known. */
final class Cell {

    private Cell() {}

    /** What is in an optional value; the empty Optional where nothing is. */
    private static Object inside(Object value) {
        return switch (value) {
            case Optional<?> optional when optional.isPresent() -> optional.get();
            case OptionalLong optional when optional.isPresent() -> optional.getAsLong();
            case OptionalDouble optional when optional.isPresent() -> optional.getAsDouble();
            case OptionalLong _ -> Optional.empty();
            case OptionalDouble _ -> Optional.empty();
            default -> value;
        };
    }

    /** The value as text; none is the empty text. */
    static String text(Object value) {
        return switch (inside(value)) {
            case Optional<?> _ -> "";
            case Double number -> decimal(number);
            case LocalDateTime time -> PythonText.of(time).replace(' ', 'T');
            case Object other -> other.toString();
        };
    }

    /** Without an exponent, and whole numbers without a point. */
    private static String decimal(Double number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }

    /** Whether it is a number, which begins with a sign of its own. */
    static boolean isNumber(Object value) {
        return inside(value) instanceof Number;
    }

    /** The value as JSON; none is null. */
    static void write(Object value, JsonGenerator json) throws IOException {
        switch (inside(value)) {
            case Optional<?> _ -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
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
