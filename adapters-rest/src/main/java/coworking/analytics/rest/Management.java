package coworking.analytics.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** What an operator may ask of the process itself, beside the URLs of the service. May be called by several threads at once. */
public interface Management {

    /** Whether everything that belongs to a start has been done. */
    boolean isStarted();

    /** What explains the service's present health: names and texts, numbers or truth values; nothing secret. */
    Map<String, Object> details();

    /** Writes all metrics in Prometheus' text format 0.0.4, in UTF-8. */
    void writeMetrics(OutputStream out) throws IOException;

    /** The level of each logger that has one of its own, "ROOT" among them, by its name. */
    Map<String, String> levels();

    /**
     * Sets from which level on a logger's events are logged, until the process ends.
     *
     * @param logger a logger's name, or "ROOT"
     * @param level ERROR, WARN, INFO, DEBUG or OFF
     * @return whether that was possible: there is such a level, and not too many loggers have one
     */
    boolean setLevel(String logger, String level);

    /** Writes what every thread is doing, virtual ones included, as JSON. */
    void writeThreads(OutputStream out) throws IOException;

    /** Writes how many objects of each class are alive, as text. It stops all threads for as long as that takes to find out. */
    void writeHeap(OutputStream out) throws IOException;

    /** Records what the JVM does from now on, and writes that in the format of the JDK's Flight Recorder. */
    void writeRecording(Duration length, OutputStream out) throws IOException;
}
