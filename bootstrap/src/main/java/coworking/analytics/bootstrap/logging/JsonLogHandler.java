package coworking.analytics.bootstrap.logging;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Writes all events of java.util.logging, which every library here logs to, to standard output: one JSON object a line. */
public final class JsonLogHandler extends Handler {

    /**
     * Loggers whose level differs from the root's or must not follow it: libraries that repeat what this service logs once or that log
     * noise, and loggers whose lines are data.
     */
    private static final Map<String, Level> DEFAULT_LEVELS = Map.ofEntries(
            Map.entry(LogLevels.ROOT, Level.INFO),
            Map.entry(LoggerNames.ACCESS, Level.INFO),
            Map.entry(LoggerNames.DAILY_USAGE, Level.INFO),
            Map.entry("com.zaxxer.hikari", Level.OFF),
            Map.entry("io.helidon", Level.WARNING),
            Map.entry("io.helidon.webserver.LoomServer", Level.OFF),
            Map.entry("io.helidon.dbclient", Level.OFF),
            Map.entry("io.helidon.webserver.http.ErrorHandlers", Level.OFF),
            Map.entry("io.opentelemetry", Level.OFF),
            Map.entry("liquibase", Level.WARNING),
            Map.entry("org.postgresql", Level.OFF));

    /** The number of lines since the start, by level. */
    public static final LongAdder WARNING_COUNT = new LongAdder();
    public static final LongAdder ERROR_COUNT = new LongAdder();

    private static volatile boolean isInstalled;

    private final PrintStream out;

    JsonLogHandler(PrintStream out) {
        this.out = out;
        setFormatter(new JsonLogFormatter());
    }

    /** Replaces all handlers. To be called before the first event. */
    public static void install() {
        System.setProperty("java.util.logging.manager", ShutdownSafeLogManager.class.getName());
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new JsonLogHandler(System.out));
        DEFAULT_LEVELS.forEach(LogLevels::hold);
        isInstalled = true;
    }

    /** Writes a line at once, so that lines of several threads do not mix. */
    @Override
    public void publish(LogRecord event) {
        if (isLoggable(event)) {
            countByLevel(event.getLevel());
            out.print(getFormatter().format(event));
            out.flush();
        }
    }

    private static void countByLevel(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            ERROR_COUNT.increment();
        } else if (level.intValue() >= Level.WARNING.intValue()) {
            WARNING_COUNT.increment();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }

    /** Keeps its handlers until the end: java.util.logging drops them at SIGTERM, before the service has logged that it stopped. */
    public static final class ShutdownSafeLogManager extends LogManager {

        /** For java.util.logging, which makes its manager by the class name. */
        public ShutdownSafeLogManager() {}

        @Override
        public void reset() {
            if (!isInstalled) {
                super.reset();
            }
        }
    }
}
