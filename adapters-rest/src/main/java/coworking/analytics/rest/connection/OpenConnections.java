package coworking.analytics.rest.connection;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of a listener. While there is one, a thread looks once a second for those that have waited too long. */
final class OpenConnections {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final int max;
    private final byte[] timeoutResponse;
    private final byte[] tooManyResponse;
    private final Set<GuardedConnection> connections = ConcurrentHashMap.newKeySet();
    private boolean isWatched;

    /**
     * Makes an empty set.
     *
     * @param timeoutResponse is sent before a connection is closed in the middle of a head
     * @param tooManyResponse is sent where no connection can be added
     */
    OpenConnections(int max, byte[] timeoutResponse, byte[] tooManyResponse) {
        this.max = max;
        this.timeoutResponse = timeoutResponse;
        this.tooManyResponse = tooManyResponse;
    }

    byte[] timeoutResponse() {
        return timeoutResponse;
    }

    byte[] tooManyResponse() {
        return tooManyResponse;
    }

    /**
     * Adds a connection. If there are too many, the one that has waited longest for its client is closed.
     *
     * @return false if there are too many, and all of them have a request to answer
     */
    synchronized boolean add(GuardedConnection connection) {
        if (connections.size() >= max && !closeLongestWaiting()) {
            return false;
        }
        connections.add(connection);
        if (!isWatched) {
            isWatched = true;
            Thread.ofPlatform().daemon().name("connection-watch").start(this::watch);
        }
        return true;
    }

    private boolean closeLongestWaiting() {
        var longest = connections.stream().filter(GuardedConnection::waits).min(Comparator.comparingLong(GuardedConnection::waitingSince));
        longest.ifPresent(connection -> {
            connections.remove(connection);
            connection.closeNow();
        });
        return longest.isPresent();
    }

    void remove(GuardedConnection connection) {
        connections.remove(connection);
    }

    private void watch() {
        while (hasConnections()) {
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException end) {
                return;
            }
            var now = System.nanoTime();
            connections.forEach(connection -> connection.closeIfLate(now));
        }
    }

    private synchronized boolean hasConnections() {
        isWatched = !connections.isEmpty();
        return isWatched;
    }
}
