package coworking.analytics.bootstrap.settings;

/** The levels that can be set, by the names that log viewers know. */
public enum LogLevel {
    ERROR, WARN, INFO, DEBUG, OFF
}
