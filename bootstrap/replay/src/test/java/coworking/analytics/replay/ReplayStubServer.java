package coworking.analytics.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers byte for byte what a test wants, and otherwise as the original does on Werkzeug. */
final class ReplayStubServer implements AutoCloseable {

    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json";
    static final String DAILY_USAGE_BODY = "{\"2023-02-07\":12,\"2023-02-08\":3}\n";
    static final String USER_VISITS_BODY = "{\"9\":{\"joined_at\":\"2023-01-20 03:23:39.757813\",\"visits\":6},"
            + "\"10\":{\"joined_at\":\"None\",\"visits\":1}}\n";

    private final ServerSocket server;
    private final StubResponder responder;
    private final List<StubRequest> receivedRequests = new CopyOnWriteArrayList<>();

    /** What it was asked, headers by their names in any letter case. */
    record StubRequest(String method, String target, Map<String, String> headers) {

        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    /** How it answers; the connection ends when it has. */
    @FunctionalInterface
    interface StubResponder {

        void respond(StubRequest asked, OutputStream out) throws IOException;

        /** Answers one request in another way. */
        default StubResponder except(String request, StubResponder other) {
            return (asked, out) -> (asked.toString().equals(request) ? other : this).respond(asked, out);
        }
    }

    ReplayStubServer(StubResponder behaviour) {
        this(behaviour, listening());
    }

    ReplayStubServer(StubResponder behaviour, ServerSocket server) {
        this.responder = behaviour;
        this.server = server;
        Thread.startVirtualThread(this::accept);
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The original. */
    static StubResponder original() {
        return (asked, out) -> {
            var path = asked.target().split("\\?", 2)[0];
            if (!ReplayRequest.ORIGINAL_PATHS.contains(path)) {
                write(out, asked, "404 NOT FOUND", HTML, "<!doctype html>\n<title>404 Not Found</title>\n");
            } else if (asked.method().equals("OPTIONS")) {
                write(out, asked, "200 OK", HTML, "", "Allow: HEAD, GET, OPTIONS");
            } else if (!List.of("GET", "HEAD").contains(asked.method())) {
                write(out, asked, "405 METHOD NOT ALLOWED", HTML, "<!doctype html>\n<title>405</title>\n", "Allow: OPTIONS, HEAD, GET");
            } else {
                write(out, asked, "200 OK", path.startsWith("/api") ? JSON : HTML, body(path));
            }
        };
    }

    private static String body(String path) {
        return switch (path) {
            case ReplayRequest.DAILY_USAGE -> DAILY_USAGE_BODY;
            case ReplayRequest.USER_VISITS -> USER_VISITS_BODY;
            default -> "ok";
        };
    }

    /** An answer as Werkzeug writes it. */
    static StubResponder page(String status, String type, String body, String... headers) {
        return (asked, out) -> write(out, asked, status, type, body, headers);
    }

    /** These very bytes. */
    static StubResponder raw(String answer) {
        return (asked, out) -> out.write(answer.getBytes(ISO_8859_1));
    }

    static void write(OutputStream out, StubRequest asked, String status, String type, String body, String... headers) throws IOException {
        var head = new ArrayList<>(
                List.of("HTTP/1.1 " + status, "Server: Werkzeug/2.2.3 Python/3.10.9", "Date: Wed, 25 Nov 2026 09:00:00 GMT",
                        "Content-Type: " + type, "Content-Length: " + body.length()));
        head.addAll(List.of(headers));
        head.add("Connection: close");
        out.write((String.join("\r\n", head) + "\r\n\r\n" + (asked.method().equals("HEAD") ? "" : body)).getBytes(ISO_8859_1));
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getLocalPort();
    }

    /** All that it was asked so far. */
    List<StubRequest> receivedRequests() {
        return receivedRequests;
    }

    private void accept() {
        try {
            while (true) {
                var caller = server.accept();
                Thread.startVirtualThread(() -> serve(caller));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket caller) {
        try (caller; var in = new BufferedReader(new InputStreamReader(caller.getInputStream(), ISO_8859_1))) {
            var request = String.valueOf(in.readLine()).split(" ", 3);
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                var header = line.split(": ", 2);
                headers.put(header[0], header[1]);
            }
            var question = new StubRequest(request[0], request[1], headers);
            receivedRequests.add(question);
            responder.respond(question, caller.getOutputStream());
        } catch (IOException gone) {
            // The caller does not want the rest.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
