package coworking.analytics.bootstrap;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sends what java.util.logging is given, which is all logging there is here, to standard output as one JSON object a line. */
final class JsonLog extends Handler {

    /**
     * Libraries that report, each time, what this service says once, or what nobody asked for; and lines that are figures, which are
     * wanted whatever the level of all others.
     */
    private static final Map<String, Level> LEVELS = Map.ofEntries(
            Map.entry(LogLevels.ROOT, Level.INFO),
            Map.entry(AccessLog.LOGGER, Level.INFO),
            Map.entry(UsageLog.LOGGER, Level.INFO),
            Map.entry("com.zaxxer.hikari", Level.OFF),
            Map.entry("io.helidon", Level.WARNING),
            Map.entry("io.helidon.webserver.LoomServer", Level.OFF),
            Map.entry("io.helidon.dbclient", Level.OFF),
            Map.entry("io.helidon.webserver.http.ErrorHandlers", Level.OFF),
            Map.entry("io.opentelemetry", Level.OFF),
            Map.entry("liquibase", Level.WARNING),
            Map.entry("org.postgresql", Level.OFF));

    /** Lines that were logged since the start. */
    static final LongAdder WARNINGS = new LongAdder();
    static final LongAdder ERRORS = new LongAdder();

    private static volatile boolean installed;

    private final PrintStream out;

    JsonLog(PrintStream out) {
        this.out = out;
        setFormatter(new JsonLines());
    }

    /** Replaces all handlers. To be called before anything logs. */
    static void install() {
        System.setProperty("java.util.logging.manager", Manager.class.getName());
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new JsonLog(System.out));
        LEVELS.forEach(LogLevels::hold);
        installed = true;
    }

    /** One write a line, so that lines of several threads never mix. */
    @Override
    public void publish(LogRecord event) {
        if (isLoggable(event)) {
            count(event.getLevel());
            out.print(getFormatter().format(event));
            out.flush();
        }
    }

    private static void count(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            ERRORS.increment();
        } else if (level.intValue() >= Level.WARNING.intValue()) {
            WARNINGS.increment();
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

    /** Keeps its handlers to the end: java.util.logging drops them at SIGTERM, while the service still has to say that it stopped. */
    public static final class Manager extends LogManager {

        /** For java.util.logging, which makes its manager by name. */
        public Manager() {}

        @Override
        public void reset() {
            if (!installed) {
                super.reset();
            }
        }
    }
}
