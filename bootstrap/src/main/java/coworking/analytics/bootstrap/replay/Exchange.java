package coworking.analytics.bootstrap.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, on a connection of their own. HTTP/1.1 by hand, since libraries send no request that they take for
 * malformed; see docs/adr/0023-replay-speaks-http-itself.md.
 */
final class Exchange implements AutoCloseable {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final int BUFFER = 65_536;
    private static final int A_FEW = 16;

    private final Site site;
    private final Call call;
    private final Duration patience;
    private final Socket socket;
    private final InputStream in;

    private Exchange(Site site, Call call, Duration patience, Socket socket) throws IOException {
        this.site = site;
        this.call = call;
        this.patience = patience;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /**
     * Sends a request and waits for nothing.
     *
     * @param patience how long the other side may say nothing, whenever it is waited for
     * @throws NoAnswer where it could not be sent
     */
    static Exchange begin(Site site, Call call, Duration patience) {
        Socket socket = null;
        try {
            socket = connect(site, patience);
            socket = site.secure() ? secured(site, socket) : socket;
            var exchange = new Exchange(site, call, patience, socket);
            socket.getOutputStream().write(exchange.request().getBytes(US_ASCII));
            return exchange;
        } catch (IOException failure) {
            close(socket);
            throw noAnswer(site, patience, failure);
        }
    }

    /** Tries all addresses of a host, as {@code localhost} has one of each kind. */
    private static Socket connect(Site site, Duration patience) throws IOException {
        IOException first = null;
        for (var address : InetAddress.getAllByName(site.host())) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, site.port()), (int) shorter(patience, LONGEST_CONNECT).toMillis());
                socket.setSoTimeout((int) patience.toMillis());
                return socket;
            } catch (IOException failure) {
                close(socket);
                first = first == null ? failure : first;
            }
        }
        throw first == null ? new UnknownHostException() : first;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Socket secured(Site site, Socket socket) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secured = (SSLSocket) factory.createSocket(socket, site.host(), site.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private String request() {
        return call.method() + " " + site.path() + call.target() + " HTTP/1.1\r\n"
                + "Host: " + site.authority() + "\r\n"
                + "User-Agent: coworking-analytics-replay\r\n"
                + "Accept: " + call.accept() + "\r\n"
                + (call.isSafe() ? "" : "Content-Length: 0\r\n")
                + "Connection: close\r\n\r\n";
    }

    /**
     * Waits for the head of the answer. To be called once, before {@link #body}.
     *
     * @throws NoAnswer where there is none
     */
    Head head() {
        try {
            return Head.read(in);
        } catch (IOException failure) {
            throw noAnswer(failure);
        }
    }

    /**
     * The body behind a head, to be read once.
     *
     * @throws NoAnswer where it cannot be told how long it is
     */
    InputStream body(Head head) {
        try {
            return call.method().equals("HEAD") ? InputStream.nullInputStream() : Body.after(head, in);
        } catch (IOException failure) {
            throw noAnswer(failure);
        }
    }

    /** The first few bytes of the body, in place of all of it. */
    String beginning(Head head) {
        try {
            return new String(body(head).readNBytes(A_FEW), US_ASCII);
        } catch (IOException failure) {
            throw noAnswer(failure);
        }
    }

    /** What a failure to read means to an operator. */
    NoAnswer noAnswer(IOException failure) {
        return noAnswer(site, patience, failure);
    }

    private static NoAnswer noAnswer(Site site, Duration patience, IOException failure) {
        return new NoAnswer(site, switch (failure) {
            case UnknownHostException unknown -> "nobody knows a host " + site.host();
            case SocketTimeoutException late when String.valueOf(late.getMessage()).startsWith("Connect") ->
                "it does not accept the connection";
            case SocketTimeoutException late -> "it said nothing for " + patience.toSeconds() + " s";
            case NoRouteToHostException unreachable -> "its host cannot be reached";
            case ConnectException refused -> "it refuses the connection";
            case SocketException broken -> "it broke the connection off";
            case SSLException untrusted -> "no TLS with it: " + Visible.of(String.valueOf(untrusted.getMessage()));
            default -> Visible.of(String.valueOf(failure.getMessage()));
        });
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException alreadyGone) {
            // Nothing more was expected of it.
        }
    }
}
