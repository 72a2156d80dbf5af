package coworking.analytics.rest.v1.response;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;
import static coworking.analytics.rest.v1.response.RowSchema.RowField.listField;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.http.TaggedOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks, read back by another program. */
class XlsxWriterTest {

    private static final RowSchema<Object> ONE = RowSchema.of(field("value", value -> value));

    @Test
    void numbersDatesTimesAndTruthAreTyped() throws IOException {
        var cells = cells(-5L, 0.5, true, LocalDate.parse("2026-03-01"), OffsetDateTime.parse("2026-03-01T09:05:07.120+05:30"),
                Optional.of("text"), OptionalLong.of(3));

        assertThat(cells).extracting(Cell::getType).containsExactly(CellType.NUMBER, CellType.NUMBER, CellType.BOOLEAN, CellType.NUMBER,
                CellType.NUMBER, CellType.STRING, CellType.NUMBER);
        assertThat(cells.get(0).asNumber()).isEqualByComparingTo("-5");
        assertThat(cells.get(1).asNumber()).isEqualByComparingTo("0.5");
        assertThat(cells.get(2).asBoolean()).isTrue();
        assertThat(cells.get(3).asDate().toLocalDate()).isEqualTo("2026-03-01");
        assertThat(cells.get(3).getDataFormatString()).isEqualTo("yyyy-mm-dd");
        assertThat(cells.get(4).asDate()).isEqualTo("2026-03-01T09:05:07.120");
        assertThat(cells.get(4).getDataFormatString()).isEqualTo("yyyy-mm-dd hh:mm:ss");
        assertThat(cells.get(5).asString()).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(1)", "\"=1+2\"", "x;=1+1", "a\n=1", " blank ", "\ttab", "<b>&amp;</b>", "é😀",
            "'quoted",
            "_x0041_"})
    void aTextIsATextWhateverItIs(String text) throws IOException {
        var cell = cells(text).getFirst();
        assertThat(cell.getType()).isEqualTo(CellType.STRING);
        assertThat(cell.getFormula()).isNull();
        assertThat(cell.asString().replace("_x005F_", "_")).isEqualTo(text);
    }

    @Test
    void whatExcelCannotCountIsAText() throws IOException {
        var cells = cells(Long.MAX_VALUE, 999_999_999_999_999L, LocalDate.parse("1900-02-28"), LocalDate.parse("1900-03-01"),
                OffsetDateTime.parse("0001-01-01T00:00:01Z"), OffsetDateTime.parse("+20226-05-01T00:00Z"));
        assertThat(cells).extracting(Cell::getType).containsExactly(CellType.STRING, CellType.NUMBER, CellType.STRING, CellType.NUMBER,
                CellType.STRING, CellType.STRING);
        assertThat(cells.get(0).asString()).isEqualTo("9223372036854775807");
        assertThat(cells.get(2).asString()).isEqualTo("1900-02-28");
        assertThat(cells.get(3).asDate().toLocalDate()).isEqualTo("1900-03-01");
    }

    @Test
    void whatIsNotThereIsAnEmptyCellAndListsHaveColumns() throws IOException {
        var table = RowSchema.<List<Long>>of(listField("ids", "id_%d", 1, 3, row -> row),
                field("size", List::size), field("first", row -> row.stream().findFirst()));
        var rows = rows(bytes(table, XlsxWriter.MAX_SHEET_ROWS, List.of(7L), List.of()), 0);

        assertThat(rows.getFirst().stream().map(Cell::asString)).containsExactly("id_1", "id_2", "id_3", "size", "first");
        assertThat(rows.get(1).getCellText(0)).isEqualTo("7");
        assertThat(rows.get(1).getOptionalCell(1)).isEmpty();
        assertThat(rows.get(1).getCellText(3)).isEqualTo("1");
        assertThat(rows.get(2).getCellText(0)).isEmpty();
        assertThat(rows.get(2).getCellText(3)).isEqualTo("0");
        assertThat(rows.get(2).getOptionalCell(4)).isEmpty();
    }

    @Test
    void rowsThatASheetCannotHaveAreOnTheNext() throws IOException {
        var numbers = new Integer[2_500];
        Arrays.setAll(numbers, index -> index);
        var file = bytes(ONE, 1_001, (Object[]) numbers);

        assertThat(rows(file, 0)).hasSize(1_001);
        assertThat(rows(file, 1)).hasSize(1_001).first().satisfies(row -> assertThat(row.getCellText(0)).isEqualTo("value"));
        assertThat(rows(file, 2)).hasSize(501).last().satisfies(row -> assertThat(row.getCellText(0)).isEqualTo("2499"));
    }

    private static List<Cell> cells(Object... values) throws IOException {
        return rows(bytes(ONE, XlsxWriter.MAX_SHEET_ROWS, values), 0).stream().skip(1).map(row -> row.getCell(0)).toList();
    }

    private static List<Row> rows(byte[] file, int sheet) throws IOException {
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, false))) {
            return workbook.getSheet(sheet).orElseThrow().read();
        }
    }

    @SafeVarargs
    private static <R> byte[] bytes(RowSchema<R> schema, int maxSheetRows, R... rows) throws IOException {
        var out = new InMemoryOutput();
        var writer = new XlsxWriter<>(schema, out, maxSheetRows);
        writer.writeHeader();
        for (var row : rows) {
            writer.writeRow(row);
        }
        writer.finish();
        return out.bytes.toByteArray();
    }

    private static final class InMemoryOutput extends TaggedOutput {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void tagBy(String text) {}

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public void write(byte[] content, int start, int length) {
            bytes.write(content, start, length);
        }
    }
}
