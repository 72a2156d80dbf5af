package coworking.analytics.rest.v1.response;

import coworking.analytics.rest.v1.request.EnumNames;
import coworking.analytics.rest.v1.request.ParameterSpec;
import coworking.analytics.rest.v1.request.QueryParameters;

/**
 * How CSV and TSV are written. The other formats ignore it.
 *
 * @param separator the separator of CSV; TSV always has tabs
 * @param hasByteOrderMark whether the file begins with the mark by which Excel recognises UTF-8
 */
public record DelimitedOptions(Separator separator, boolean hasByteOrderMark) {

    static final DelimitedOptions DEFAULT = new DelimitedOptions(Separator.COMMA, false);

    private static final ParameterSpec<Separator> SEPARATOR = ParameterSpec.choice("separator", Separator.COMMA,
            EnumNames.of(Separator.values()));
    private static final ParameterSpec<Boolean> BOM = ParameterSpec.choice("bom", false, EnumNames.of("false", false, "true", true));

    /** Reads the parameters. They change no number, so {@code meta.query} does not repeat them. */
    static DelimitedOptions of(QueryParameters parameters) {
        var options = new DelimitedOptions(parameters.get(SEPARATOR), parameters.get(BOM));
        parameters.hide(SEPARATOR);
        parameters.hide(BOM);
        return options;
    }

    /** The separator of CSV, and the decimal separator that spreadsheets expect beside it. */
    public enum Separator {

        COMMA(',', '.'), SEMICOLON(';', ',');

        private final char cell;
        private final char decimal;

        Separator(char cell, char decimal) {
            this.cell = cell;
            this.decimal = decimal;
        }

        /** Between two cells. */
        char cell() {
            return cell;
        }

        /** Between the whole and the fraction of a number. */
        char decimal() {
            return decimal;
        }
    }
}
