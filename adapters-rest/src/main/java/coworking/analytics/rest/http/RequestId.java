package coworking.analytics.rest.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request in logs and responses: the client's own if it is safe to log, else one that the first call generates. Not thread-safe.
 */
final class RequestId implements Supplier<String> {

    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    /** Safe to log: no spaces, quotes or control characters. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,64}");

    private final ServerRequest request;
    private @Nullable String id;

    RequestId(ServerRequest request) {
        this.request = request;
    }

    @Override
    public String get() {
        var known = id;
        if (known == null) {
            known = request.headers().first(HEADER).filter(SAFE.asMatchPredicate()).orElseGet(RequestId::generate);
            id = known;
        }
        return known;
    }

    private static String generate() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
