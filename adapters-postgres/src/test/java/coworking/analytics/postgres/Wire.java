package coworking.analytics.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** A wire to a server that a test can cut, so that connections are refused, or freeze, so that they hang. */
final class Wire implements AutoCloseable {

    private enum State {
        PASSING, FROZEN, CUT
    }

    private static final int MOST_ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress server;
    private final int port;
    private State state = State.PASSING;
    private ServerSocket listener;

    Wire(String host, int port) throws IOException {
        server = new InetSocketAddress(host, port);
        listener = listen(Wire::anyPort);
        this.port = listener.getLocalPort();
    }

    int port() {
        return port;
    }

    /** Passes everything on, from now on and what was held back. */
    void pass() {
        try {
            if (listener.isClosed()) {
                listener = listen(() -> port);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        become(State.PASSING);
    }

    /** Accepts connections and holds every byte back. */
    void freeze() {
        become(State.FROZEN);
    }

    /** Drops all connections and refuses new ones. */
    void cut() {
        become(State.CUT);
        quietly(listener::close);
        open.forEach(socket -> quietly(socket::close));
        open.clear();
    }

    @Override
    public void close() {
        cut();
    }

    /** One after another of the ports, or again and again the same: the system may be a moment late in letting go of one. */
    private ServerSocket listen(IntSupplier ports) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                return listen(ports.getAsInt());
            } catch (BindException taken) {
                if (attempt == MOST_ATTEMPTS) {
                    throw taken;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** One that no system gives to a client: whoever connects while the wire is cut could else be given this very port, and hold it. */
    private static int anyPort() {
        return ThreadLocalRandom.current().nextInt(20_000, 32_000);
    }

    private ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        quietly(() -> {
            while (true) {
                join(socket.accept());
            }
        });
    }

    private void join(Socket client) throws IOException {
        keep(client);
        Thread.startVirtualThread(() -> quietly(() -> {
            awaitThaw();
            var upstream = new Socket(server.getAddress(), server.getPort());
            keep(upstream);
            Thread.startVirtualThread(() -> pump(upstream, client));
            pump(client, upstream);
        }));
    }

    /** A connection that was under way while the wire was cut is cut like those that were there. */
    private void keep(Socket socket) throws IOException {
        lock.lock();
        try {
            if (state == State.CUT) {
                socket.close();
            } else {
                open.add(socket);
            }
        } finally {
            lock.unlock();
        }
    }

    private void pump(Socket from, Socket to) {
        quietly(() -> {
            try (from; to) {
                // Or each small message waits until the one before it was acknowledged.
                to.setTcpNoDelay(true);
                var buffer = new byte[8192];
                for (int read; (read = from.getInputStream().read(buffer)) >= 0;) {
                    awaitThaw();
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        });
    }

    private void awaitThaw() {
        lock.lock();
        try {
            while (state == State.FROZEN) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    private static void quietly(Io io) {
        try {
            io.run();
        } catch (IOException closed) {
            // What a cut wire is meant to cause.
        }
    }
}
