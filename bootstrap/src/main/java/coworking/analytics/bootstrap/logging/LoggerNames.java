package coworking.analytics.bootstrap.logging;

/** Loggers whose lines are data: they stay at {@code INFO} whatever the root level is. */
public final class LoggerNames {

    public static final String ACCESS = "access";
    public static final String DAILY_USAGE = "daily_usage";

    private LoggerNames() {}
}
