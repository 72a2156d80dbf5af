package coworking.analytics.rest.v1.response;

import coworking.analytics.rest.http.TaggedOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.RichText;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes rows as an Excel workbook (Office Open XML) whose cells have types: a date is a date, a number is a number, and a text is never a
 * formula. About a thousand rows are in memory at a time. Rows beyond what a sheet can have continue on further sheets.
 *
 * <p>Excel knows no dates before March 1900, no year beyond 9999, no time zones, and 15 digits of a number. A value beyond that is a text,
 * and a time is that of the space's wall clock, in milliseconds.
 */
final class XlsxWriter<R> implements RowWriter<R> {

    static final int MAX_SHEET_ROWS = Worksheet.MAX_ROWS;

    private static final int BUFFERED_ROWS = 1_000;
    private static final int MAX_TEXT_LENGTH = 32_767;
    private static final double COLUMN_WIDTH = 20;
    private static final long MAX_EXACT_NUMBER = 999_999_999_999_999L;
    private static final LocalDate FIRST_DATE = LocalDate.of(1900, 3, 1);
    private static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);

    /** Excel replaces such a text by the letter of that number; an underscore in front, written so itself, keeps it as it is. */
    private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private final RowSchema<R> schema;
    private final TaggedOutput out;
    private final int maxSheetRows;
    private final Workbook workbook;
    private Worksheet sheet;
    private int sheetCount;
    private int rowIndex;

    XlsxWriter(RowSchema<R> schema, TaggedOutput out) {
        this(schema, out, MAX_SHEET_ROWS);
    }

    /**
     * Makes a writer.
     *
     * @param maxSheetRows the greatest number of rows of a sheet, with that of the column names
     */
    XlsxWriter(RowSchema<R> schema, TaggedOutput out, int maxSheetRows) {
        this.schema = schema;
        this.out = out;
        this.maxSheetRows = maxSheetRows;
        this.workbook = new Workbook(out, "coworking-analytics", null);
        this.sheet = newSheet();
    }

    private Worksheet newSheet() {
        sheetCount++;
        rowIndex = 0;
        var added = workbook.newWorksheet(sheetCount == 1 ? "data" : "data " + sheetCount);
        added.freezePane(0, 1);
        return added;
    }

    @Override
    public void writeHeader() {
        var column = 0;
        for (var name : schema.columns()) {
            sheet.width(column, COLUMN_WIDTH);
            sheet.style(rowIndex, column).bold().set();
            writeText(column++, name);
        }
        rowIndex++;
    }

    @Override
    public void writeRow(R row) throws IOException {
        if (rowIndex == maxSheetRows) {
            sheet.finish();
            sheet = newSheet();
            writeHeader();
        }
        var column = 0;
        for (var field : schema.fields()) {
            var next = column;
            for (var value : field.columnValues(row)) {
                write(next++, ValueFormat.unwrap(value));
            }
            column += field.columns().size();
        }
        out.tagBy("\n");
        if (++rowIndex % BUFFERED_ROWS == 0) {
            sheet.flush();
        }
    }

    private void write(int column, Object value) {
        switch (value) {
            case Boolean bool -> {
                sheet.value(rowIndex, column, bool);
                tag(value);
            }
            case Long number when Math.abs(number) > MAX_EXACT_NUMBER -> writeText(column, number.toString());
            case Number number -> {
                sheet.value(rowIndex, column, number);
                tag(value);
            }
            case LocalDate date when isDate(date) -> {
                sheet.value(rowIndex, column, date);
                writeFormat(column, "yyyy-mm-dd", value);
            }
            case OffsetDateTime time when isDate(time.toLocalDate()) -> writeTime(column, time.toLocalDateTime());
            default -> writeText(column, ValueFormat.text(value));
        }
    }

    /** Whether Excel counts the days to a date as we do. */
    private static boolean isDate(LocalDate date) {
        return !date.isBefore(FIRST_DATE) && !date.isAfter(LAST_DATE);
    }

    private void writeTime(int column, LocalDateTime time) {
        sheet.value(rowIndex, column, time);
        writeFormat(column, "yyyy-mm-dd hh:mm:ss", time);
    }

    private void writeFormat(int column, String format, Object value) {
        sheet.style(rowIndex, column).format(format).set();
        tag(value);
    }

    private void writeText(int column, String text) {
        var cell = ESCAPE.matcher(text).replaceAll("_x005F_");
        var kept = cell.length() > MAX_TEXT_LENGTH ? cell.substring(0, MAX_TEXT_LENGTH) : cell;
        if (!kept.equals(kept.strip())) {
            sheet.inlineString(rowIndex, column, RichText.builder().run(kept).end().build());
        } else if (!kept.isEmpty()) {
            sheet.inlineString(rowIndex, column, kept);
        }
        tag(text);
    }

    /** The workbook has the time of its creation in it, which must not change the tag. */
    private void tag(Object value) {
        out.tagBy(value + "\t");
    }

    @Override
    public void finish() throws IOException {
        workbook.finish();
    }
}
