package coworking.analytics.rest.v1.response;

import com.fasterxml.jackson.core.JsonGenerator;
import coworking.analytics.rest.http.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes each row as a JSON object on a line. */
final class NdjsonWriter<R> implements RowWriter<R> {

    private final RowSchema<R> schema;
    private final JsonGenerator json;

    NdjsonWriter(RowSchema<R> schema, OutputStream out) {
        this.schema = schema;
        try {
            json = JsonWriter.lineGenerator(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Creating a generator writes nothing", impossible);
        }
    }

    @Override
    public void writeHeader() {}

    @Override
    public void writeRow(R row) throws IOException {
        schema.write(row, json);
        json.writeRaw('\n');
    }

    @Override
    public void finish() throws IOException {
        json.flush();
    }
}
