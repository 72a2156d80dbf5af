package coworking.analytics.rest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a request in logs and answers: the caller's own, if that is harmless, else one made up when it is first asked for. Of one
 * thread.
 */
final class RequestId implements Supplier<String> {

    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    /** What may stand in a log without a second thought: no spaces, no quotes, nothing that steers a terminal. */
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,64}");

    private final ServerRequest request;
    private @Nullable String id;

    RequestId(ServerRequest request) {
        this.request = request;
    }

    @Override
    public String get() {
        var known = id;
        if (known == null) {
            known = request.headers().first(HEADER).filter(SANE.asMatchPredicate()).orElseGet(RequestId::makeUp);
            id = known;
        }
        return known;
    }

    private static String makeUp() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
