package coworking.analytics.rest;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text as it stands in a query: percent-encoded UTF-8, a plus for a space. */
final class PercentText {

    private static final int HEX = 16;

    private PercentText() {}

    /** What is meant; empty where nothing can be, as of {@code %ZZ} or of half a character. */
    static Optional<String> decode(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '+' -> bytes.write(' ');
                case '%' -> {
                    var value = i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
                    if (value < 0) {
                        return Optional.empty();
                    }
                    bytes.write(value);
                    i += 2;
                }
                default -> bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int hex(char high, char low) {
        var value = Character.digit(high, HEX) * HEX + Character.digit(low, HEX);
        return Character.digit(high, HEX) < 0 || Character.digit(low, HEX) < 0 ? -1 : value;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
