package coworking.analytics.rest;

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
 * The name of one exact sequence of bytes: every replica, and every later version of the service, gives it the same one.
 *
 * @param text the tag as it stands in a header, in its quotes
 */
record EntityTag(String text) {

    private static final int HASH_BYTES = 16;
    private static final Pattern LISTED = Pattern.compile("\"[^\"]*\"");

    /** The tag of all the bytes that a {@linkplain #newHash() new hash} was given since. */
    static EntityTag of(MessageDigest hash) {
        return new EntityTag('"' + HexFormat.of().formatHex(hash.digest(), 0, HASH_BYTES) + '"');
    }

    /**
     * The tag of the gzip form of the same bytes. Only as constant as the compressor: another version of it may make other bytes,
     * which unzip to the same.
     */
    EntityTag ofGzip() {
        return new EntityTag(text.substring(0, text.length() - 1) + "-gzip\"");
    }

    Header header() {
        return HeaderValues.createCached(HeaderNames.ETAG, text);
    }

    /** Whether the caller has these bytes already, by If-None-Match. Its comparison is weak (RFC 9110): a W/ makes no difference. */
    boolean isAmong(Headers request) {
        return isAnyKnown(request) || LISTED.matcher(known(request)).results().anyMatch(tag -> tag.group().equals(text));
    }

    /** Whether the caller has all it wants already, whatever the tag. */
    static boolean isAnyKnown(Headers request) {
        return known(request).strip().equals("*");
    }

    private static String known(Headers request) {
        return request.contains(HeaderNames.IF_NONE_MATCH) ? String.join(",", request.all(HeaderNames.IF_NONE_MATCH, List::of)) : "";
    }

    static MessageDigest newHash() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
