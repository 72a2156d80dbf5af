package coworking.analytics.rest;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may see names of people.
 *
 * @param token what a caller has to know (RFC 6750); empty where nobody may
 */
record Names(Optional<String> token) {

    private static final String SCHEME = "bearer ";

    /** Returns where the caller may see names. */
    void ensureMayBeSeen(Headers request) {
        var expected = token.orElseThrow(() -> new Refusal(Problem.namesAreForNobody()));
        if (!isSame(expected, presented(request))) {
            throw new Refusal(Problem.namesNeedAToken());
        }
    }

    private static String presented(Headers request) {
        var authorization = request.first(HeaderNames.AUTHORIZATION).orElse("");
        return authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME) ? authorization.substring(SCHEME.length()).strip() : "";
    }

    /** In the same time however much of it is right; of hashes, which tell nothing of the length either. */
    private static boolean isSame(String expected, String presented) {
        return MessageDigest.isEqual(hash(expected), hash(presented));
    }

    private static byte[] hash(String token) {
        return EntityTag.newHash().digest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return token.isPresent() ? "Names for some" : "Names for nobody";
    }
}
