package coworking.analytics.bootstrap.replay;

import java.util.List;
import java.util.Set;

/**
 * A request without a body.
 *
 * @param method as it is sent
 * @param target path and query as they are sent behind the path of a service's URL, however malformed; printable ASCII without spaces
 * @param accept the types that it says it takes
 */
record Call(String method, String target, String accept) {

    static final String HEALTH = "/health_check";
    static final String READINESS = "/readiness_check";
    static final String DAILY_USAGE = "/api/reports/daily_usage";
    static final String USER_VISITS = "/api/reports/user_visits";

    /** The URLs of the original. */
    static final List<String> PATHS = List.of(HEALTH, READINESS, DAILY_USAGE, USER_VISITS);

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String ANYTHING = "*/*";

    Call(String method, String target) {
        this(method, target, ANYTHING);
    }

    /** Whether it may be sent to any service, and again. */
    boolean isSafe() {
        return SAFE.contains(method);
    }

    String path() {
        var query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    boolean isForOneOfTheUrls() {
        return PATHS.contains(path());
    }

    @Override
    public String toString() {
        return method + " " + target + (accept.equals(ANYTHING) ? "" : ", accepting " + accept);
    }
}
