package coworking.analytics.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;

/** Untrusted text, escaped for a terminal: everything but printable ASCII. */
final class Escaped {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Escaped() {}

    static String of(byte[] bytes, int start, int end) {
        return of(new String(bytes, start, end - start, ISO_8859_1));
    }

    /** Escapes a text. */
    static String of(String text) {
        var visible = new StringBuilder();
        text.chars().forEach(character -> appendEscaped((char) character, visible));
        return visible.toString();
    }

    /** Escapes a text and cuts it if it is long. */
    static String truncated(String text, int max) {
        return text.length() <= max ? of(text) : of(text.substring(0, max)) + "...";
    }

    private static void appendEscaped(char character, StringBuilder visible) {
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
