package coworking.analytics.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A JSON object per line. */
final class JsonRows<R> implements RowWriter<R> {

    private final Table<R> table;
    private final JsonGenerator json;

    JsonRows(Table<R> table, OutputStream out) {
        this.table = table;
        try {
            json = Json.lines(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Nothing was to be written yet", impossible);
        }
    }

    @Override
    public void begin() {}

    @Override
    public void row(R row) throws IOException {
        table.write(row, json);
        json.writeRaw('\n');
    }

    @Override
    public void end() throws IOException {
        json.flush();
    }
}
