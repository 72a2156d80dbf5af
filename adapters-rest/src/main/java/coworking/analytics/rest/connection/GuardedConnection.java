package coworking.analytics.rest.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose bytes are scanned, and whose waits for the client are timed.
 *
 * <p>One thread reads and writes it. Another one may close it, which ends whatever that thread waits for.
 */
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {

    private final HelidonSocket socket;
    private final ConnectionLimits limits;
    private final OpenConnections openConnections;
    private final RequestScanner scanner;
    private final ServerConnection connection;

    /** What the connection waits for. */
    private volatile Wait wait = Wait.NONE;

    /** Since when it has waited for the rest of the request that is being read; empty before it waits for that. */
    private OptionalLong restSince = OptionalLong.empty();

    GuardedConnection(ConnectionContext context, ServerConnectionSelector protocol, ConnectionLimits limits, OpenConnections open) {
        this.socket = context.serverSocket();
        this.limits = limits;
        this.openConnections = open;
        this.scanner = new RequestScanner(limits);
        this.connection = protocol.connection(
                new GuardedContext(context, DataReader.create(this::read), new TimedDataWriter(context.dataWriter(), this)));
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        if (!openConnections.add(this)) {
            socket.write(BufferData.create(openConnections.tooManyResponse()));
            return;
        }
        try {
            connection.handle(limit);
        } finally {
            openConnections.remove(this);
        }
    }

    /** Reads bytes that may be passed to the parser; null at the end of the connection. */
    private byte @Nullable [] read() {
        while (true) {
            scanner.throwIfFailed();
            var bytes = receive();
            if (bytes == null) {
                return null;
            }
            var passed = scanner.scan(bytes);
            if (passed.length > 0) {
                return passed;
            }
        }
    }

    private byte @Nullable [] receive() {
        wait = waitForBytes();
        try {
            return socket.get();
        } catch (UncheckedIOException broken) {
            throw new ServerConnectionException("Failed to read from the connection", broken);
        } finally {
            wait = Wait.NONE;
        }
    }

    /** All waits for the rest of one request have one end together. */
    private Wait waitForBytes() {
        var now = System.nanoTime();
        if (!scanner.isInsideRequest()) {
            restSince = OptionalLong.empty();
            return Wait.forRequest(now);
        }
        restSince = OptionalLong.of(restSince.orElse(now));
        return Wait.forRest(restSince.getAsLong(), limits.requestTime(), scanner.isInsideHead());
    }

    void beginWrite() {
        wait = Wait.forWrite(limits.writeTime());
    }

    void endWrite() {
        wait = Wait.NONE;
    }

    /** Whether it waits for bytes of the client. */
    boolean waits() {
        return wait.isForBytes();
    }

    /** Since when it has waited, as {@link System#nanoTime()}. */
    long waitingSince() {
        return wait.since();
    }

    /** Closes the connection if it has waited for too long. */
    void closeIfLate(long now) {
        var present = wait;
        if (now - present.since() >= present.maxNanos()) {
            if (present.isForHead()) {
                trySend(openConnections.timeoutResponse());
            }
            socket.close();
        }
    }

    private void trySend(byte[] response) {
        try {
            socket.write(BufferData.create(response));
        } catch (RuntimeException gone) {
            // Nobody reads it.
        }
    }

    /** Closes the connection, whatever it waits for. */
    void closeNow() {
        socket.close();
    }

    @Override
    public Duration idleTime() {
        return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        connection.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    /**
     * A wait for the client.
     *
     * @param since when it began
     * @param maxNanos how long it may last
     * @param isForBytes whether it is for bytes of the client
     * @param isForHead whether it is for the rest of a head, so that no response has begun
     */
    private record Wait(long since, long maxNanos, boolean isForBytes, boolean isForHead) {

        static final Wait NONE = new Wait(0, Long.MAX_VALUE, false, false);

        /** The server closes idle connections itself. */
        static Wait forRequest(long since) {
            return new Wait(since, Long.MAX_VALUE, true, false);
        }

        static Wait forRest(long since, Duration max, boolean isForHead) {
            return new Wait(since, max.toNanos(), true, isForHead);
        }

        static Wait forWrite(Duration max) {
            return new Wait(System.nanoTime(), max.toNanos(), false, false);
        }
    }
}
