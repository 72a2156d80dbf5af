package coworking.analytics.rest.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.URI;

/**
 * Rejects a path that Helidon would normalize before it matches: {@code /x;a=1}, {@code /./x} and {@code //x} are not {@code /x}.
 * Percent-encoding is another spelling of the same path, and passes.
 */
final class ExactPathFilter implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (isExact(request.path().rawPath())) {
            chain.proceed();
        } else {
            Problem.notFound().toResponse(request).send(request, response);
        }
    }

    private static boolean isExact(String target) {
        return isPlain(target) || (!target.startsWith("//") && !target.contains(";") && isNormalized(target));
    }

    /** Whether the path has nothing to normalize. This is faster than parsing it. */
    private static boolean isPlain(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (!isPlain(target.charAt(i))) {
                return false;
            }
        }
        return target.startsWith("/") && !target.contains("//");
    }

    private static boolean isPlain(char letter) {
        return letter == '/' || letter == '_' || letter == '-' || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    }

    private static boolean isNormalized(String target) {
        try {
            var path = URI.create(target).getRawPath();
            return path != null && path.equals(URI.create(target).normalize().getRawPath());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
