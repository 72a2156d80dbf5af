package coworking.analytics.rest.v1.response;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Writes rows as lines of cells, after a line of column names. A text that a spreadsheet would interpret as a formula gets an apostrophe in
 * front, which marks a text.
 */
final class DelimitedWriter<R> implements RowWriter<R> {

    private static final Pattern FORMULA_START = Pattern.compile("[=+\\-@\\t\\r]");
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,\"\\r\\n]");
    private static final Pattern TAB_OR_LINE_BREAK = Pattern.compile("[\\t\\r\\n]");

    private final RowSchema<R> schema;
    private final char separator;
    private final String lineEnd;
    private final UnaryOperator<String> escape;
    private final Writer out;

    private DelimitedWriter(RowSchema<R> schema, char separator, String lineEnd, UnaryOperator<String> escape, OutputStream out) {
        this.schema = schema;
        this.separator = separator;
        this.lineEnd = lineEnd;
        this.escape = escape;
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** RFC 4180. */
    static <R> RowWriter<R> csv(RowSchema<R> schema, OutputStream out) {
        return new DelimitedWriter<>(schema, ',', "\r\n",
                text -> NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text, out);
    }

    /** Tab-separated values as registered with IANA. They cannot contain a tab or a line break, so either becomes a space. */
    static <R> RowWriter<R> tsv(RowSchema<R> schema, OutputStream out) {
        return new DelimitedWriter<>(schema, '\t', "\n", text -> TAB_OR_LINE_BREAK.matcher(text).replaceAll(" "), out);
    }

    @Override
    public void writeHeader() throws IOException {
        out.write(String.join(String.valueOf(separator), schema.columns()));
        out.write(lineEnd);
    }

    @Override
    public void writeRow(R row) throws IOException {
        var isFirst = true;
        for (var field : schema.fields()) {
            var cells = field.columnValues(row);
            write(cells, isFirst);
            write(Collections.nCopies(field.columns().size() - cells.size(), ""), isFirst && cells.isEmpty());
            isFirst = false;
        }
        out.write(lineEnd);
    }

    private void write(List<?> cells, boolean isFirst) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0 || !isFirst) {
                out.write(separator);
            }
            out.write(cell(cells.get(i)));
        }
    }

    private String cell(Object value) {
        var text = ValueFormat.text(value);
        return ValueFormat.isNumber(value) ? text : escape.apply(FORMULA_START.matcher(text).lookingAt() ? "'" + text : text);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
