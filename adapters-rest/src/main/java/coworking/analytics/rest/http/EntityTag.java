package coworking.analytics.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An entity tag. Every replica, and every later version of the service, computes the same tag for the same bytes.
 *
 * @param text the tag with its quotes
 */
public record EntityTag(String text) {

    private static final int DIGEST_BYTES = 16;
    private static final Pattern QUOTED_TAG = Pattern.compile("\"[^\"]*\"");

    /** The tag of the bytes in a {@linkplain #newDigest() digest}. */
    static EntityTag of(MessageDigest digest) {
        return new EntityTag('"' + HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES) + '"');
    }

    /**
     * The tag of the same bytes in the gzip coding. Another version of the compressor may produce other bytes under this tag, which
     * decompress to the same.
     */
    EntityTag forGzip() {
        return new EntityTag(text.substring(0, text.length() - 1) + "-gzip\"");
    }

    Header header() {
        return HeaderValues.createCached(HeaderNames.ETAG, text);
    }

    /** Whether If-None-Match lists this tag. The comparison is weak (RFC 9110): it ignores W/. */
    public boolean matches(Headers request) {
        return matchesAny(request) || QUOTED_TAG.matcher(ifNoneMatch(request)).results().anyMatch(tag -> tag.group().equals(text));
    }

    /** Whether If-None-Match matches every tag. */
    static boolean matchesAny(Headers request) {
        return ifNoneMatch(request).strip().equals("*");
    }

    private static String ifNoneMatch(Headers request) {
        return request.contains(HeaderNames.IF_NONE_MATCH) ? String.join(",", request.all(HeaderNames.IF_NONE_MATCH, List::of)) : "";
    }

    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
