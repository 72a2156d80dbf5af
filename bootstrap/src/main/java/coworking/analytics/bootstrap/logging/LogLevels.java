package coworking.analytics.bootstrap.logging;

import coworking.analytics.bootstrap.settings.LogLevel;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** The levels of loggers. They are held here, because java.util.logging forgets the level of a logger that is garbage collected. */
public final class LogLevels {

    static final String ROOT = "ROOT";

    private static final Map<LogLevel, Level> LEVELS = Map.of(
            LogLevel.ERROR, Level.SEVERE, LogLevel.WARN, Level.WARNING, LogLevel.INFO, Level.INFO, LogLevel.DEBUG, Level.FINE,
            LogLevel.OFF, Level.OFF);

    private static final Pattern LOGGER_NAME = Pattern.compile("[\\w.$-]{1,200}");
    private static final int MAX_LOGGERS = 100;

    private static final SortedMap<String, Logger> LOGGERS = new TreeMap<>();

    private LogLevels() {}

    static synchronized void hold(String name, Level level) {
        var logger = Logger.getLogger(name.equals(ROOT) ? "" : name);
        logger.setLevel(level);
        LOGGERS.put(name, logger);
    }

    /** Sets the level of all loggers that have none of their own. */
    public static void setRoot(LogLevel level) {
        hold(ROOT, Objects.requireNonNull(LEVELS.get(level)));
    }

    /** Returns false if the level or the logger's name is invalid, or if {@value #MAX_LOGGERS} loggers have a level already. */
    public static synchronized boolean set(String name, String level) {
        var known = levelNamed(level);
        if (known.isEmpty() || !LOGGER_NAME.matcher(name).matches() || (LOGGERS.size() >= MAX_LOGGERS && !LOGGERS.containsKey(name))) {
            return false;
        }
        hold(name, known.get());
        return true;
    }

    private static Optional<Level> levelNamed(String name) {
        return LEVELS.entrySet().stream().filter(level -> level.getKey().name().equals(name)).map(Map.Entry::getValue).findFirst();
    }

    public static synchronized Map<String, String> all() {
        var levels = new TreeMap<String, String>();
        LOGGERS.forEach((name, logger) -> levels.put(name, levelName(logger.getLevel())));
        return levels;
    }

    private static String levelName(Level level) {
        return LEVELS.entrySet().stream().filter(known -> known.getValue().equals(level)).map(known -> known.getKey().name()).findFirst()
                .orElseGet(level::getName);
    }
}
