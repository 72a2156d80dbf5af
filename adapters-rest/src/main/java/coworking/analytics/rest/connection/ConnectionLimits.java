package coworking.analytics.rest.connection;

import java.time.Duration;

/**
 * What a connection may take.
 *
 * @param maxConnections how many are open at a time. Beyond, the one that has waited longest for a request, or for the rest of one, is closed
 * @param maxHeaders the number of header lines of a request
 * @param maxHeaderBytes the length of all its header lines
 * @param requestTime the time from the beginning of a request to its end, its body included, as far as the server waits for it
 * @param writeTime the time in which a client takes a piece of a response, {@link TimedDataWriter#PIECE_BYTES} at most
 */
public record ConnectionLimits(int maxConnections, int maxHeaders, int maxHeaderBytes, Duration requestTime, Duration writeTime) {

    /** More than browsers and proxies send. */
    private static final int HEADERS = 100;

    /** Cookies of other applications on the same host may take 20 KB. */
    private static final int HEADER_BYTES = 32_768;

    /** What an unfinished request can hold: a request line of the greatest length, and headers as text and as objects. */
    private static final long BYTES_PER_CONNECTION = 262_144;

    private static final int LEAST_CONNECTIONS = 64;
    private static final int MOST_CONNECTIONS = 4_096;

    /** Limits for a heap: unfinished requests on all connections cannot fill it. */
    public static ConnectionLimits forHeapOf(long maxBytes) {
        var connections = Math.clamp(maxBytes / BYTES_PER_CONNECTION, LEAST_CONNECTIONS, MOST_CONNECTIONS);
        return new ConnectionLimits(connections, HEADERS, HEADER_BYTES, Duration.ofSeconds(10), Duration.ofMinutes(1));
    }
}
