package coworking.analytics.rest;

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
 * Rows as lines of cells, under a line of column names. A text that a spreadsheet would take for a formula has an apostrophe in front,
 * which spreadsheets take for "this is a text".
 */
final class Delimited<R> implements RowWriter<R> {

    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r]");
    private static final Pattern QUOTED = Pattern.compile("[,\"\\r\\n]");
    private static final Pattern BREAK = Pattern.compile("[\\t\\r\\n]");

    private final Table<R> table;
    private final char separator;
    private final String lineEnd;
    private final UnaryOperator<String> escape;
    private final Writer out;

    private Delimited(Table<R> table, char separator, String lineEnd, UnaryOperator<String> escape, OutputStream out) {
        this.table = table;
        this.separator = separator;
        this.lineEnd = lineEnd;
        this.escape = escape;
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** RFC 4180. */
    static <R> RowWriter<R> csv(Table<R> table, OutputStream out) {
        return new Delimited<>(table, ',', "\r\n",
                text -> QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text, out);
    }

    /** As IANA registers tab-separated values, which have no way to write a tab or a line break: either is a blank. */
    static <R> RowWriter<R> tsv(Table<R> table, OutputStream out) {
        return new Delimited<>(table, '\t', "\n", text -> BREAK.matcher(text).replaceAll(" "), out);
    }

    @Override
    public void begin() throws IOException {
        out.write(String.join(String.valueOf(separator), table.columns()));
        out.write(lineEnd);
    }

    @Override
    public void row(R row) throws IOException {
        var isFirst = true;
        for (var field : table.fields()) {
            var cells = field.cells(row);
            write(cells, isFirst);
            write(Collections.nCopies(field.columns().size() - cells.size(), ""), isFirst && cells.isEmpty());
            isFirst = false;
        }
        out.write(lineEnd);
    }

    private void write(List<?> cells, boolean beginsTheLine) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0 || !beginsTheLine) {
                out.write(separator);
            }
            out.write(cell(cells.get(i)));
        }
    }

    private String cell(Object value) {
        var text = Cell.text(value);
        return Cell.isNumber(value) ? text : escape.apply(FORMULA.matcher(text).lookingAt() ? "'" + text : text);
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
