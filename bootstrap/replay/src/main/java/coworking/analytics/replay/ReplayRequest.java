package coworking.analytics.replay;

import java.util.List;
import java.util.Set;

/**
 * A request without a body.
 *
 * @param method the method as sent
 * @param target path and query as sent after the path of a service's URL, malformed or not; printable ASCII without spaces
 * @param accept the value of {@code Accept}
 */
record ReplayRequest(String method, String target, String accept) {

    static final String HEALTH_CHECK = "/health_check";
    static final String READINESS_CHECK = "/readiness_check";
    static final String DAILY_USAGE = "/api/reports/daily_usage";
    static final String USER_VISITS = "/api/reports/user_visits";

    /** The URLs of the original. */
    static final List<String> ORIGINAL_PATHS = List.of(HEALTH_CHECK, READINESS_CHECK, DAILY_USAGE, USER_VISITS);

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String ANY_MEDIA_TYPE = "*/*";

    ReplayRequest(String method, String target) {
        this(method, target, ANY_MEDIA_TYPE);
    }

    /** Whether it is safe to send, and to repeat. */
    boolean isSafe() {
        return SAFE_METHODS.contains(method);
    }

    String path() {
        var query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    boolean isForOriginalPath() {
        return ORIGINAL_PATHS.contains(path());
    }

    @Override
    public String toString() {
        return method + " " + target + (accept.equals(ANY_MEDIA_TYPE) ? "" : ", accepting " + accept);
    }
}
