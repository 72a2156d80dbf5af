package coworking.analytics.bootstrap;

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
 * Prints an event as a JSON object and a line end: time, level, logger, message, then the fields of an event that has a map as its
 * only parameter, then the error of one that has.
 */
final class JsonLines extends Formatter {

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
        json.writeStringField("level", level(event.getLevel()));
        json.writeStringField("logger", String.valueOf(event.getLoggerName()));
        json.writeStringField("message", formatMessage(event));
        var fields = fields(event);
        writeRequest(fields, json);
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

    /** Whatever is logged while a request is worked on can be found by it. */
    private static void writeRequest(Map<?, ?> fields, JsonGenerator json) throws IOException {
        var request = Request.current();
        if (request != null && !fields.containsKey("request_id")) {
            json.writeStringField("request_id", request.id());
            var trace = request.trace().id();
            if (trace.isPresent()) {
                json.writeStringField("trace_id", trace.get());
            }
        }
    }

    /** The names that log viewers know. */
    private static String level(Level level) {
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
                for (var each : values) {
                    writeValue(each, json);
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
