package coworking.analytics.rest.v1.request;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoded UTF-8 as in queries, with a plus for a space. */
final class PercentEncoding {

    private static final int RADIX = 16;

    private PercentEncoding() {}

    /** Decodes a text; empty if it is invalid, as {@code %ZZ} or half a character is. */
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
        var value = Character.digit(high, RADIX) * RADIX + Character.digit(low, RADIX);
        return Character.digit(high, RADIX) < 0 || Character.digit(low, RADIX) < 0 ? -1 : value;
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
