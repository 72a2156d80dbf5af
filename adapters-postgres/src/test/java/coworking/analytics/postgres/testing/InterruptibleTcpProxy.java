package coworking.analytics.postgres.testing;

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
public final class InterruptibleTcpProxy implements AutoCloseable {

    private enum ProxyState {
        PASSING, FROZEN, CUT
    }

    private static final int MAX_ATTEMPTS = 100;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Socket> openSockets = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress server;
    private final int port;
    private ProxyState state = ProxyState.PASSING;
    private ServerSocket listener;

    public InterruptibleTcpProxy(String host, int port) throws IOException {
        server = new InetSocketAddress(host, port);
        listener = listen(InterruptibleTcpProxy::anyPort);
        this.port = listener.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** Passes everything on, from now on and what was held back. */
    public void pass() {
        try {
            if (listener.isClosed()) {
                listener = listen(() -> port);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        setState(ProxyState.PASSING);
    }

    /** Accepts connections and holds every byte back. */
    public void freeze() {
        setState(ProxyState.FROZEN);
    }

    /** Drops all connections and refuses new ones. */
    public void cut() {
        setState(ProxyState.CUT);
        ignoringIoException(listener::close);
        openSockets.forEach(socket -> ignoringIoException(socket::close));
        openSockets.clear();
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
                if (attempt == MAX_ATTEMPTS) {
                    throw taken;
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
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
        ignoringIoException(() -> {
            while (true) {
                forward(socket.accept());
            }
        });
    }

    private void forward(Socket client) throws IOException {
        register(client);
        Thread.startVirtualThread(() -> ignoringIoException(() -> {
            awaitThaw();
            var upstream = new Socket(server.getAddress(), server.getPort());
            register(upstream);
            Thread.startVirtualThread(() -> pump(upstream, client));
            pump(client, upstream);
        }));
    }

    /** A connection that was under way while the wire was cut is cut like those that were there. */
    private void register(Socket socket) throws IOException {
        lock.lock();
        try {
            if (state == ProxyState.CUT) {
                socket.close();
            } else {
                openSockets.add(socket);
            }
        } finally {
            lock.unlock();
        }
    }

    private void pump(Socket from, Socket to) {
        ignoringIoException(() -> {
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
            while (state == ProxyState.FROZEN) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void setState(ProxyState next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private interface SocketAction {
        void run() throws IOException;
    }

    private static void ignoringIoException(SocketAction io) {
        try {
            io.run();
        } catch (IOException closed) {
            // What a cut wire is meant to cause.
        }
    }
}
