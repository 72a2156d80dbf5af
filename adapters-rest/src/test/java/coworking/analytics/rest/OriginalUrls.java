package coworking.analytics.rest;

import java.util.stream.Stream;

/** The URLs of the original service. */
public final class OriginalUrls {

    public static final String HEALTH = "/health_check";
    public static final String READINESS = "/readiness_check";
    public static final String DAILY_USAGE = "/api/reports/daily_usage";
    public static final String USER_VISITS = "/api/reports/user_visits";

    private OriginalUrls() {}

    public static Stream<String> all() {
        return Stream.of(HEALTH, READINESS, DAILY_USAGE, USER_VISITS);
    }

    static Stream<String> reports() {
        return Stream.of(DAILY_USAGE, USER_VISITS);
    }
}
