package coworking.analytics.replay;

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
 * One request and its response, on a connection of their own. HTTP/1.1 by hand, because libraries refuse to send malformed requests;
 * see docs/adr/0023-replay-speaks-http-itself.md.
 */
final class ReplayExchange implements AutoCloseable {

    private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int BUFFER_SIZE = 65_536;
    private static final int PREVIEW_LENGTH = 16;

    private final ServiceUrl service;
    private final ReplayRequest request;
    private final Duration timeout;
    private final Socket socket;
    private final InputStream in;

    private ReplayExchange(ServiceUrl service, ReplayRequest request, Duration timeout, Socket socket) throws IOException {
        this.service = service;
        this.request = request;
        this.timeout = timeout;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_SIZE);
    }

    /**
     * Sends a request without waiting for the response.
     *
     * @param timeout how long the service may send nothing
     * @throws NoResponseException if it could not be sent
     */
    static ReplayExchange send(ServiceUrl service, ReplayRequest request, Duration timeout) {
        Socket socket = null;
        try {
            socket = connect(service, timeout);
            socket = service.isSecure() ? startTls(service, socket) : socket;
            var exchange = new ReplayExchange(service, request, timeout, socket);
            socket.getOutputStream().write(exchange.requestText().getBytes(US_ASCII));
            return exchange;
        } catch (IOException failure) {
            close(socket);
            throw toException(service, timeout, failure);
        }
    }

    /** Tries all addresses of a host: {@code localhost} has one for IPv4 and one for IPv6. */
    private static Socket connect(ServiceUrl service, Duration timeout) throws IOException {
        IOException first = null;
        for (var address : InetAddress.getAllByName(service.host())) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, service.port()), (int) min(timeout, MAX_CONNECT_TIMEOUT).toMillis());
                socket.setSoTimeout((int) timeout.toMillis());
                return socket;
            } catch (IOException failure) {
                close(socket);
                first = first == null ? failure : first;
            }
        }
        throw first == null ? new UnknownHostException() : first;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Socket startTls(ServiceUrl service, Socket socket) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secured = (SSLSocket) factory.createSocket(socket, service.host(), service.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private String requestText() {
        return request.method() + " " + service.path() + request.target() + " HTTP/1.1\r\n"
                + "Host: " + service.authority() + "\r\n"
                + "User-Agent: coworking-analytics-replay\r\n"
                + "Accept: " + request.accept() + "\r\n"
                + (request.isSafe() ? "" : "Content-Length: 0\r\n")
                + "Connection: close\r\n\r\n";
    }

    /**
     * Waits for the head of the response. To be called once, before {@link #openBody}.
     *
     * @throws NoResponseException if there is none
     */
    ResponseHead readHead() {
        try {
            return ResponseHead.read(in);
        } catch (IOException failure) {
            throw toException(failure);
        }
    }

    /**
     * The body after a head, to be read once.
     *
     * @throws NoResponseException if its length is unclear
     */
    InputStream openBody(ResponseHead head) {
        try {
            return request.method().equals("HEAD") ? InputStream.nullInputStream() : ResponseBodyStream.following(head, in);
        } catch (IOException failure) {
            throw toException(failure);
        }
    }

    /** The first few bytes of the body. */
    String bodyPreview(ResponseHead head) {
        try {
            return new String(openBody(head).readNBytes(PREVIEW_LENGTH), US_ASCII);
        } catch (IOException failure) {
            throw toException(failure);
        }
    }

    /** Translates a failure to read into words for an operator. */
    NoResponseException toException(IOException failure) {
        return toException(service, timeout, failure);
    }

    private static NoResponseException toException(ServiceUrl service, Duration timeout, IOException failure) {
        return new NoResponseException(service, switch (failure) {
            case UnknownHostException unknown -> "unknown host " + service.host();
            case SocketTimeoutException late when String.valueOf(late.getMessage()).startsWith("Connect") ->
                "it does not accept the connection";
            case SocketTimeoutException late -> "no data for " + timeout.toSeconds() + " s";
            case NoRouteToHostException unreachable -> "its host cannot be reached";
            case ConnectException refused -> "it refuses the connection";
            case SocketException broken -> "the connection broke";
            case SSLException untrusted -> "TLS failed: " + Escaped.of(String.valueOf(untrusted.getMessage()));
            default -> Escaped.of(String.valueOf(failure.getMessage()));
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
            // The exchange is over.
        }
    }
}
