package coworking.analytics.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Compact JSON, written field by field. */
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private static final SerializedString NOTHING = new SerializedString("");

    private Json() {}

    /** One object and a newline, as Flask ended its answers. */
    static byte[] object(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try {
            object(fields, bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory refused to be written to", impossible);
        }
        return bytes.toByteArray();
    }

    /** The same, written without holding more than a few kilobytes of it, and without closing what it is written to. */
    static void object(Fields fields, OutputStream out) throws IOException {
        try (var json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** For values that each stand on a line of their own; whoever writes them writes the ends of lines. */
    static JsonGenerator lines(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).setRootValueSeparator(NOTHING);
    }

    /** The inside of an object. */
    @FunctionalInterface
    interface Fields {

        void write(JsonGenerator json) throws IOException;
    }
}
