package coworking.analytics.bootstrap.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;

/** Text of others, made fit for a terminal: whatever is no printable ASCII is spelled out. */
final class Visible {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Visible() {}

    static String of(byte[] bytes, int start, int end) {
        return of(new String(bytes, start, end - start, ISO_8859_1));
    }

    /** Spells out a text, in which each character stands for a byte. */
    static String of(String text) {
        var visible = new StringBuilder();
        text.chars().forEach(character -> append((char) character, visible));
        return visible.toString();
    }

    /** The beginning of a text, where it is long. */
    static String beginning(String text, int most) {
        return text.length() <= most ? of(text) : of(text.substring(0, most)) + "...";
    }

    private static void append(char character, StringBuilder visible) {
        switch (character) {
            case '\n' -> visible.append("\\n");
            case '\r' -> visible.append("\\r");
            case '\t' -> visible.append("\\t");
            case '\\' -> visible.append("\\\\");
            default -> {
                if (character >= ' ' && character <= '~') {
                    visible.append(character);
                } else if (character <= 0xFF) {
                    visible.append("\\x").append(HEX.toHexDigits((byte) character));
                } else {
                    visible.append("\\u").append(HEX.toHexDigits(character));
                }
            }
        }
    }
}
