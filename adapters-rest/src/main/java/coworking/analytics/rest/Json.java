package coworking.analytics.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Compact JSON, written field by field into memory. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** One object and a newline, as Flask ended its answers. */
    static byte[] object(Fields fields) {
        var bytes = new ByteArrayBuilder();
        try (var json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory refused to be written to", impossible);
        }
        return bytes.toByteArray();
    }

    /** The inside of an object. */
    @FunctionalInterface
    interface Fields {

        void write(JsonGenerator json) throws IOException;
    }
}
