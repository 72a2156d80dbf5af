package coworking.analytics.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One connection, byte by byte: sends any text and reads answers exactly as long as they claim to be. */
public final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final Socket socket;
    private final InputStream input;

    RawConnection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            input = new BufferedInputStream(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends a request without a body. */
    public RawConnection request(String method, String target) {
        return write(method + " " + target + " HTTP/1.1\r\nHost: space\r\n\r\n");
    }

    public RawConnection write(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads the answer to a HEAD, of which nothing follows the headers. */
    public RawResponse readHead() {
        try {
            var status = readLine();
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (var line = readLine(); !line.isEmpty(); line = readLine()) {
                var colon = line.indexOf(':');
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
            return new RawResponse(Integer.parseInt(status.split(" ", 3)[1]), headers, "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public RawResponse read() {
        var head = readHead();
        try {
            var length = Integer.parseInt(head.headers().getOrDefault("Content-Length", "0"));
            return new RawResponse(head.status(), head.headers(), new String(input.readNBytes(length), ISO_8859_1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads an answer; empty if the server has closed the connection instead. Fails if it does neither. */
    public Optional<RawResponse> tryRead() {
        try {
            input.mark(1);
            if (input.read() == -1) {
                return Optional.empty();
            }
            input.reset();
            return Optional.of(read());
        } catch (SocketException reset) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the server has closed the connection and sent nothing more. */
    public boolean isAtEnd() {
        try {
            return input.read() == -1;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String readLine() throws IOException {
        var line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next == -1) {
                throw new IOException("The connection ended after '" + line + "'");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An answer as it came. */
    public record RawResponse(int status, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }
}
