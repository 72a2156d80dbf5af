package coworking.analytics.rest.spi;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** Management of the process: its metrics, health, log levels and diagnosis. Safe for use by several threads. */
public interface ProcessManagement {

    /** Whether the start is complete. */
    boolean isStarted();

    /** Details for health checks: names with texts, numbers or booleans; no secrets. */
    Map<String, Object> healthDetails();

    /** Writes all metrics in Prometheus' text format 0.0.4, in UTF-8. */
    void writeMetrics(OutputStream out) throws IOException;

    /** The level of each logger that has its own, by the logger's name; it includes "ROOT". */
    Map<String, String> logLevels();

    /**
     * Sets the level of a logger until the process ends.
     *
     * @param logger the name of the logger, or "ROOT"
     * @param level ERROR, WARN, INFO, DEBUG or OFF
     * @return false for an unknown level, or if too many loggers have a level of their own
     */
    boolean setLogLevel(String logger, String level);

    /** Writes the stacks of all threads, virtual ones included, as JSON. */
    void writeThreadDump(OutputStream out) throws IOException;

    /** Writes the number of live objects of each class, as text. It stops all threads meanwhile. */
    void writeHeapHistogram(OutputStream out) throws IOException;

    /** Records the JVM for the given time, and writes the recording in the format of the JDK's Flight Recorder. */
    void writeFlightRecording(Duration length, OutputStream out) throws IOException;
}
