package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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

    static EntityTag of(byte[] body) {
        var hash = Arrays.copyOf(sha256().digest(body), HASH_BYTES);
        return new EntityTag('"' + HexFormat.of().formatHex(hash) + '"');
    }

    Header header() {
        return HeaderValues.create(HeaderNames.ETAG, text);
    }

    /** Whether the caller has these bytes already, by If-None-Match. Its comparison is weak (RFC 9110): a W/ makes no difference. */
    boolean isAmong(Headers request) {
        var known = String.join(",", request.all(HeaderNames.IF_NONE_MATCH, List::of));
        return known.strip().equals("*") || LISTED.matcher(known).results().anyMatch(tag -> tag.group().equals(text));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
