package coworking.analytics.rest;

import java.util.stream.Stream;

/** The URLs of the original service. */
final class Urls {

    static final String HEALTH = "/health_check";
    static final String READINESS = "/readiness_check";
    static final String DAILY_USAGE = "/api/reports/daily_usage";
    static final String USER_VISITS = "/api/reports/user_visits";

    private Urls() {}

    static Stream<String> all() {
        return Stream.of(HEALTH, READINESS, DAILY_USAGE, USER_VISITS);
    }

    static Stream<String> reports() {
        return Stream.of(DAILY_USAGE, USER_VISITS);
    }
}
