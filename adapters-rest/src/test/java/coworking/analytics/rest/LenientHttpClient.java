package coworking.analytics.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** Sends any bytes at all and takes whatever comes back until the server hangs up, which it must within some seconds. */
public final class LenientHttpClient {

    private static final int TIMEOUT_MILLIS = 20_000;

    /** Far more than any answer that is asked for here. */
    private static final int MAX_BYTES = 4 * 1_048_576;

    private final int port;

    LenientHttpClient(int port) {
        this.port = port;
    }

    /** What comes back, one char for each byte; empty where the server hangs up without a word. */
    public String send(String bytes) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return read(socket);
        } catch (SocketException hungUp) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Socket socket) throws IOException {
        var answer = socket.getInputStream().readNBytes(MAX_BYTES);
        if (answer.length == MAX_BYTES) {
            throw new AssertionError("The answer does not end");
        }
        return new String(answer, ISO_8859_1);
    }
}
