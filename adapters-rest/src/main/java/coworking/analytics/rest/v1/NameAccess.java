package coworking.analytics.rest.v1;

import coworking.analytics.rest.http.EntityTag;
import coworking.analytics.rest.http.Problem;
import coworking.analytics.rest.http.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/**
 * Access to members' names.
 *
 * @param token the bearer token that grants access (RFC 6750); empty if names are disabled
 */
public record NameAccess(Optional<String> token) {

    private static final String BEARER_PREFIX = "bearer ";
    private static final Problem NAMES_DISABLED = Problem.of(Status.FORBIDDEN_403, "Member names are disabled on this server.")
            .withCode("names_disabled");
    private static final Problem TOKEN_REQUIRED = Problem.of(Status.UNAUTHORIZED_401,
            "Member names require the token that the operator has set.",
            HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"names\""));

    /** Throws a problem unless the request has the token. */
    void ensureAllowed(Headers request) {
        var expected = token.orElseThrow(() -> new ProblemException(NAMES_DISABLED));
        if (!isEqual(expected, presentedToken(request))) {
            throw new ProblemException(TOKEN_REQUIRED);
        }
    }

    private static String presentedToken(Headers request) {
        var authorization = request.first(HeaderNames.AUTHORIZATION).orElse("");
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER_PREFIX)
                ? authorization.substring(BEARER_PREFIX.length()).strip()
                : "";
    }

    /** Compares in constant time. Hashes hide the length, too. */
    private static boolean isEqual(String expected, String presented) {
        return MessageDigest.isEqual(hash(expected), hash(presented));
    }

    private static byte[] hash(String token) {
        return EntityTag.newDigest().digest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return token.isPresent() ? "Names enabled" : "Names disabled";
    }
}
