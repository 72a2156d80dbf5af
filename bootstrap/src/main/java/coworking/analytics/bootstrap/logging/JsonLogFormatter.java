package coworking.analytics.bootstrap.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Formats an event as a JSON object and a line end: time, level, logger, message, the fields of the {@link LogContext}, the fields of an
 * event whose only parameter is a map, and the error if there is one.
 */
public final class JsonLogFormatter extends Formatter {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String format(LogRecord event) {
        var line = new StringWriter(256);
        try (var json = JSON.createGenerator(line)) {
            write(event, json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.append('\n').toString();
    }

    private void write(LogRecord event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", event.getInstant().toString());
        json.writeStringField("level", levelName(event.getLevel()));
        json.writeStringField("logger", String.valueOf(event.getLoggerName()));
        json.writeStringField("message", formatMessage(event));
        var fields = fields(event);
        if (!fields.containsKey("request_id")) {
            writeFields(LogContext.fields(), json);
        }
        writeFields(fields, json);
        if (event.getThrown() != null) {
            writeError(event.getThrown(), json);
        }
        json.writeEndObject();
    }

    private static Map<?, ?> fields(LogRecord event) {
        var parameters = event.getParameters();
        return parameters != null && parameters.length == 1 && parameters[0] instanceof Map<?, ?> fields ? fields : Map.of();
    }

    /** The level names that log viewers know. */
    private static String levelName(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        return level.intValue() >= Level.WARNING.intValue() ? "WARN" : level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static void writeFields(Map<?, ?> fields, JsonGenerator json) throws IOException {
        for (var field : fields.entrySet()) {
            json.writeFieldName(String.valueOf(field.getKey()));
            writeValue(field.getValue(), json);
        }
    }

    private static void writeValue(Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case Map<?, ?> fields -> {
                json.writeStartObject();
                writeFields(fields, json);
                json.writeEndObject();
            }
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case double[] numbers -> json.writeArray(numbers, 0, numbers.length);
            case List<?> values -> {
                json.writeStartArray();
                for (var element : values) {
                    writeValue(element, json);
                }
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }

    private static void writeError(Throwable error, JsonGenerator json) throws IOException {
        var stack = new StringWriter();
        error.printStackTrace(new PrintWriter(stack));
        json.writeStringField("error", error.toString());
        json.writeStringField("stack", stack.toString());
    }
}
