package coworking.analytics.rest.v1.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.v1.response.DelimitedOptions.Separator;
import coworking.analytics.rest.v1.response.RowSchema.RowField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a name is, and at whatever separator a spreadsheet splits the file: no cell is a formula, and no row is lost. */
class SpreadsheetTextTest {

    private static final RowSchema<String> SCHEMA = RowSchema.of(
            RowField.field("id", name -> 7), RowField.field("first_name", name -> name), RowField.field("last_name", name -> "Q"));

    @Property(tries = 3_000)
    void noCellOfCsvIsAFormula(@ForAll("names") String name, @ForAll Separator separator) throws IOException {
        var out = new ByteArrayOutputStream();
        var file = file(DelimitedWriter.csv(SCHEMA, new DelimitedOptions(separator, false), out), out, name);

        assertNoFormula(file);
        assertThat(cells(file, separator.cell())).hasSize(4).allSatisfy(row -> assertThat(row).hasSize(3));
        assertThat(cells(file, separator.cell()).get(2).get(1).replace("'", "")).isEqualTo(name.replace("'", ""));
    }

    @Property(tries = 3_000)
    void noCellOfTsvIsAFormula(@ForAll("names") String name) throws IOException {
        var out = new ByteArrayOutputStream();
        var file = file(DelimitedWriter.tsv(SCHEMA, DelimitedOptions.DEFAULT, out), out, name);

        assertNoFormula(file);
        assertThat(cells(file, '\t')).hasSize(4).allSatisfy(row -> assertThat(row).hasSize(3));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("ab=+-@\",;|\t\r\n '\uFF1D").ofMaxLength(12);
    }

    private static String file(RowWriter<String> writer, ByteArrayOutputStream out, String name) throws IOException {
        writer.writeHeader();
        writer.writeRow("Bob");
        writer.writeRow(name);
        writer.writeRow("Cid");
        writer.finish();
        return out.toString(UTF_8);
    }

    private static void assertNoFormula(String file) {
        for (var separator : List.of(',', ';', '\t', '|')) {
            assertThat(cells(file, separator)).allSatisfy(row -> assertThat(row).as("split at " + separator).allSatisfy(
                    cell -> assertThat(cell.replace("\"", "").strip()).doesNotMatch("(?s)[=+\\-@\uFF1D].*")));
        }
    }

    /** Splits as spreadsheets do: a quotation begins only with a cell, and what follows its end belongs to the cell. */
    private static List<List<String>> cells(String file, char separator) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        var isQuoted = false;
        var isBegin = true;
        for (var index = 0; index < file.length(); index++) {
            var letter = file.charAt(index);
            if (isQuoted) {
                if (letter != '"') {
                    cell.append(letter);
                } else if (index + 1 < file.length() && file.charAt(index + 1) == '"') {
                    cell.append('"');
                    index++;
                } else {
                    isQuoted = false;
                }
            } else if (letter == '"' && isBegin) {
                isQuoted = true;
                isBegin = false;
            } else if (letter == separator || letter == '\n' || letter == '\r') {
                if (letter != '\r' || index + 1 == file.length() || file.charAt(index + 1) != '\n') {
                    row.add(cell.toString());
                    cell.setLength(0);
                    isBegin = true;
                    if (letter != separator) {
                        rows.add(List.copyOf(row));
                        row.clear();
                    }
                }
            } else {
                cell.append(letter);
                isBegin = false;
            }
        }
        return rows;
    }
}
