package coworking.analytics.rest.v1.response;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;
import static coworking.analytics.rest.v1.response.RowSchema.RowField.listField;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of values in rows, whatever they are. */
class DelimitedWriterTest {

    private static final RowSchema<Object> ONE = RowSchema.of(field("value", value -> value));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "plain | plain", "a,b | \"a,b\"", "a;b | \"a;b\"", "say \"hi\" | \"say \"\"hi\"\"\"", "a\\nb | \"a\\nb\"", "a\\rb | \"a\\rb\"",
            "a\\tb | \"a\\tb\"",
            "=1+1 | '=1+1", "+1 | '+1", "-1 | '-1", "@SUM(1) | '@SUM(1)", "\\t=1 | \"'\\t'=1\"", "\\r=1 | \"'\\r'=1\"", "a=1 | a=1",
            "'=1 | '=1",
            "x;=1+1 | \"x;'=1+1\"", "\\n=1+1 | \"'\\n'=1+1\"", "a,@b;+c | \"a,'@b;'+c\"", "a; -1 | \"a; '-1\"", "＝1 | '＝1",
            "\"=1+2\" | \"'\"\"'=1+2\"\"\"", "x;\"y | \"x;'\"\"y\"", "O'Neill, Anna-Maria | \"O'Neill, Anna-Maria\"",
            "=\"a\",b | \"'=\"\"a\"\",b\"", "` `| ` `", "é😀 | é😀"})
    void aTextInCsv(String text, String cell) throws IOException {
        assertThat(csv(ONE, unescaped(text))).isEqualTo("value\r\n" + unescaped(cell) + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "plain | plain", "a,b | a,b", "say \"hi\" | say \"hi\"", "a\\tb | a b", "a\\r\\nb | a  b", "=1+1 | '=1+1", "\\t=1 | ' '=1",
            "\"=1+2\" | '\"'=1+2\"", "\"Bob | '\"Bob", "a\"b | a\"b", "x;=1 | x;'=1",
            "-x | '-x"})
    void aTextInTsv(String text, String cell) throws IOException {
        assertThat(tsv(ONE, unescaped(text))).isEqualTo("value\n" + cell + "\n");
    }

    @Test
    void numbersKeepTheirSignAndNothingElse() throws IOException {
        assertThat(csv(ONE, -1L, -5, 0.5, -33.333333333333336, 2.0, 1e15, 1e-7, 100.0, 0.0, Long.MIN_VALUE)).isEqualTo(
                "value\r\n-1\r\n-5\r\n0.5\r\n-33.333333333333336\r\n2\r\n1000000000000000\r\n0.0000001\r\n100\r\n0\r\n-9223372036854775808\r\n");
    }

    @Test
    void whatIsNotThereIsAnEmptyCell() throws IOException {
        assertThat(csv(ONE, Optional.empty(), OptionalLong.empty(), OptionalDouble.empty(), Optional.of("x"), OptionalLong.of(-1),
                OptionalDouble.of(0.5), "")).isEqualTo("value\r\n\r\n\r\n\r\nx\r\n-1\r\n0.5\r\n\r\n");
    }

    @Test
    void timesHaveTheirOffset() throws IOException {
        assertThat(csv(ONE, LocalDate.parse("2026-03-01"), OffsetDateTime.parse("2026-03-01T00:00Z"),
                OffsetDateTime.parse("2026-03-01T09:05:07.12+05:45"),
                OffsetDateTime.parse("0001-01-01T00:00:00.000001-03:30"), true))
                .isEqualTo("""
                        value\r
                        2026-03-01\r
                        2026-03-01T00:00:00+00:00\r
                        2026-03-01T09:05:07.120000+05:45\r
                        0001-01-01T00:00:00.000001-03:30\r
                        true\r
                        """);
    }

    @Test
    void anOffsetHasNoSeconds() throws IOException {
        assertThat(csv(ONE, OffsetDateTime.parse("1971-05-01T12:00:00-00:44:30"), OffsetDateTime.parse("1880-05-01T12:00:00+00:53:28")))
                .isEqualTo("value\r\n1971-05-01T12:00:30-00:44\r\n1880-05-01T11:59:32+00:53\r\n");
    }

    @Test
    void listsAreSpreadOverColumnsAndLackWhatTheyHaveNot() throws IOException {
        var table = RowSchema.<List<Long>>of(listField("ids", "id_%d", 1, 3, row -> row), field("size", List::size));
        assertThat(csv(table, List.of(1L, 2L, 3L), List.of(7L), List.of()))
                .isEqualTo("id_1,id_2,id_3,size\r\n1,2,3,3\r\n7,,,1\r\n,,,0\r\n");
        assertThat(tsv(table, List.of(7L))).isEqualTo("id_1\tid_2\tid_3\tsize\n7\t\t\t1\n");
    }

    @Test
    void withoutRowsThereIsTheLineOfNames() throws IOException {
        assertThat(csv(ONE)).isEqualTo("value\r\n");
    }

    @Test
    void withSemicolonsNumbersHaveADecimalComma() throws IOException {
        var table = RowSchema.<Object>of(field("id", value -> 7L), field("value", value -> value));
        var out = new ByteArrayOutputStream();
        var options = new DelimitedOptions(DelimitedOptions.Separator.SEMICOLON, false);
        assertThat(written(DelimitedWriter.csv(table, options, out), out, List.of(0.5, -1.25, "1.5", "a;b", "a,b", Optional.empty())))
                .isEqualTo("id;value\r\n7;0,5\r\n7;-1,25\r\n7;1.5\r\n7;\"a;b\"\r\n7;\"a,b\"\r\n7;\r\n");
    }

    @Test
    void aMarkInFrontTellsThatTheFileIsUtf8() throws IOException {
        var out = new ByteArrayOutputStream();
        var options = new DelimitedOptions(DelimitedOptions.Separator.COMMA, true);
        assertThat(written(DelimitedWriter.csv(ONE, options, out), out, List.of("é"))).isEqualTo("\uFEFFvalue\r\né\r\n");
        out.reset();
        assertThat(written(DelimitedWriter.tsv(ONE, options, out), out, List.of("é"))).isEqualTo("\uFEFFvalue\né\n");
        assertThat(out.toByteArray()).startsWith(0xEF, 0xBB, 0xBF);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static <R> String csv(RowSchema<R> table, R... rows) throws IOException {
        var out = new ByteArrayOutputStream();
        return written(DelimitedWriter.csv(table, DelimitedOptions.DEFAULT, out), out, Arrays.stream(rows).toList());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static <R> String tsv(RowSchema<R> table, R... rows) throws IOException {
        var out = new ByteArrayOutputStream();
        return written(DelimitedWriter.tsv(table, DelimitedOptions.DEFAULT, out), out, Arrays.stream(rows).toList());
    }

    private static <R> String written(RowWriter<R> writer, ByteArrayOutputStream out, List<R> rows) throws IOException {
        writer.writeHeader();
        for (var row : rows) {
            writer.writeRow(row);
        }
        writer.finish();
        return out.toString(UTF_8);
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }
}
