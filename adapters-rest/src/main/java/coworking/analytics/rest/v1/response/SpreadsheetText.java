package coworking.analytics.rest.v1.response;

/**
 * Keeps a text from becoming a formula in a spreadsheet, and from opening a quotation that swallows the rows behind it.
 *
 * <p>A spreadsheet may split a line at another separator than the file has: that of its own locale, or one that its user chose. So an
 * apostrophe marks a text wherever a cell might begin: at its start, and after each separator and line break in it.
 */
final class SpreadsheetText {

    private static final String SEPARATORS = ",;|\t\r\n";
    private static final String LINE_BREAKS_AND_TAB = "\t\r\n";

    /** With the full-width forms, which some spreadsheets treat alike. */
    private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private SpreadsheetText() {}

    /** The text with an apostrophe in front of each letter at which a cell would be a formula or a quotation. */
    static String guard(String text) {
        var first = firstDanger(text, 0);
        return first < 0 ? text : guardFrom(text, first);
    }

    private static String guardFrom(String text, int first) {
        var guarded = new StringBuilder(text.length() + 4);
        var copied = 0;
        for (var danger = first; danger >= 0; danger = firstDanger(text, danger + 1)) {
            guarded.append(text, copied, danger).append('\'');
            copied = danger;
        }
        return guarded.append(text, copied, text.length()).toString();
    }

    private static int firstDanger(String text, int start) {
        for (var index = start; index < text.length(); index++) {
            if (isDanger(text, index)) {
                return index;
            }
        }
        return -1;
    }

    private static boolean isDanger(String text, int index) {
        var letter = text.charAt(index);
        if (FORMULA_STARTS.indexOf(letter) >= 0) {
            return beginsCell(text, lastBefore(text, index));
        }
        return (letter == '"' && beginsCell(text, index - 1)) || (index == 0 && LINE_BREAKS_AND_TAB.indexOf(letter) >= 0);
    }

    private static boolean beginsCell(String text, int before) {
        return before < 0 || SEPARATORS.indexOf(text.charAt(before)) >= 0;
    }

    /** The last letter before the index that spreadsheets do not trim, nor strip as a quotation mark; -1 if there is none. */
    private static int lastBefore(String text, int index) {
        var before = index - 1;
        while (before >= 0 && (text.charAt(before) == '"' || Character.isSpaceChar(text.charAt(before)))) {
            before--;
        }
        return before;
    }
}
