package coworking.analytics.rest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes compact JSON, field by field. */
public final class JsonWriter {

    private static final JsonFactory FACTORY = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private static final SerializedString NO_SEPARATOR = new SerializedString("");

    private JsonWriter() {}

    /** One object and a newline, as in the responses of Flask. */
    public static byte[] object(JsonFields fields) {
        var bytes = new ByteArrayOutputStream();
        try {
            object(fields, bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes one object and a newline. It buffers a few kilobytes, and does not close the stream. */
    public static void object(JsonFields fields, OutputStream out) throws IOException {
        try (var json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** A generator for one value per line. The caller writes the line breaks. */
    public static JsonGenerator lineGenerator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).setRootValueSeparator(NO_SEPARATOR);
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    public interface JsonFields {

        void write(JsonGenerator json) throws IOException;
    }
}
