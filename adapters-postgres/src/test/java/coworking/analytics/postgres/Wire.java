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

/** A wire to a server that a test can cut, so that connections are refused, or freeze, so that they hang. */
final class Wire implements AutoCloseable {

    private enum State {
        PASSING, FROZEN, CUT
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress server;
    private final int port;
    private State state = State.PASSING;
    private ServerSocket listener;

    Wire(String host, int port) throws IOException {
        server = new InetSocketAddress(host, port);
        listener = listenSomewhere();
        this.port = listener.getLocalPort();
    }

    int port() {
        return port;
    }

    /** Passes everything on, from now on and what was held back. */
    void pass() {
        try {
            if (listener.isClosed()) {
                listener = listenAgain();
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

    /**
     * Where no system gives a client its port: one that connects while the wire is cut could else be given this very port, and hold
     * it.
     */
    private ServerSocket listenSomewhere() throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                return listen(ThreadLocalRandom.current().nextInt(20_000, 32_000));
            } catch (BindException taken) {
                if (attempt == 50) {
                    throw taken;
                }
            }
        }
    }

    /** On a busy machine the system may be a moment late in letting go of the socket that was closed. */
    private ServerSocket listenAgain() throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                return listen(port);
            } catch (BindException taken) {
                if (attempt == 100) {
                    throw taken;
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
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
