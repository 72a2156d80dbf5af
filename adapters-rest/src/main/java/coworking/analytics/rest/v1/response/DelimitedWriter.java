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

/** Writes rows as lines of cells, after a line of column names. No text in a cell becomes a formula; see {@link SpreadsheetText}. */
final class DelimitedWriter<R> implements RowWriter<R> {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,;\\t\"\\r\\n]");
    private static final Pattern TAB_OR_LINE_BREAK = Pattern.compile("[\\t\\r\\n]");

    private final RowSchema<R> schema;
    private final CellSyntax syntax;
    private final boolean hasByteOrderMark;
    private final Writer out;

    private DelimitedWriter(RowSchema<R> schema, CellSyntax syntax, boolean hasByteOrderMark, OutputStream out) {
        this.schema = schema;
        this.syntax = syntax;
        this.hasByteOrderMark = hasByteOrderMark;
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** RFC 4180, or the same with semicolons. */
    static <R> RowWriter<R> csv(RowSchema<R> schema, DelimitedOptions options, OutputStream out) {
        var separator = options.separator();
        return new DelimitedWriter<>(schema, new CellSyntax(separator.cell(), separator.decimal(), "\r\n", DelimitedWriter::quote),
                options.hasByteOrderMark(), out);
    }

    private static String quote(String text) {
        return NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** Tab-separated values as registered with IANA. They cannot contain a tab or a line break, so either becomes a space. */
    static <R> RowWriter<R> tsv(RowSchema<R> schema, DelimitedOptions options, OutputStream out) {
        return new DelimitedWriter<>(schema,
                new CellSyntax('\t', '.', "\n", text -> TAB_OR_LINE_BREAK.matcher(text).replaceAll(" ")), options.hasByteOrderMark(), out);
    }

    @Override
    public void writeHeader() throws IOException {
        if (hasByteOrderMark) {
            out.write(BYTE_ORDER_MARK);
        }
        out.write(String.join(String.valueOf(syntax.separator()), schema.columns()));
        out.write(syntax.lineEnd());
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
        out.write(syntax.lineEnd());
    }

    private void write(List<?> cells, boolean isFirst) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0 || !isFirst) {
                out.write(syntax.separator());
            }
            out.write(syntax.cell(cells.get(i)));
        }
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }

    /**
     * How cells look.
     *
     * @param separator between two cells
     * @param decimal the decimal separator
     * @param lineEnd at the end of each row
     * @param escape writes a text so that it is one cell
     */
    private record CellSyntax(char separator, char decimal, String lineEnd, UnaryOperator<String> escape) {

        String cell(Object value) {
            var text = ValueFormat.text(value);
            return ValueFormat.isNumber(value) ? text.replace('.', decimal) : escape.apply(SpreadsheetText.guard(text));
        }
    }
}
