package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All that goes back to a caller. The body is complete before the first byte leaves, so no failure cuts an answer short. */
final class Answer {

    /** Keeps browsers from guessing that an echoed path or a name is a web page. */
    static final Header NOSNIFF = HeaderValues.create("X-Content-Type-Options", "nosniff");

    private static final Header HTML = HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    private static final Header JSON = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");

    private static final int PIECE = 65_536;

    private final Status status;
    private final List<Header> headers;
    private final byte[] body;

    private Answer(Status status, List<Header> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The type that Flask gives a plain text, which the probes' callers know. */
    static Answer page(String text) {
        return new Answer(Status.OK_200, List.of(NOSNIFF, HTML), text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(byte[] body) {
        return new Answer(Status.OK_200, List.of(NOSNIFF, JSON), body);
    }

    static Answer empty(Status status) {
        return new Answer(status, List.of(NOSNIFF), new byte[0]);
    }

    Answer as(Status other) {
        return new Answer(other, headers, body);
    }

    /** The header replaces one of the same name. */
    Answer with(Header header) {
        return new Answer(status, Stream.concat(headers.stream(), Stream.of(header)).toList(), body);
    }

    void send(ServerRequest request, ServerResponse response) {
        response.status(status);
        headers.forEach(response::header);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(length()).send();
        } else if (body.length <= PIECE) {
            response.send(body);
        } else {
            sendInPieces(response.header(length()));
        }
    }

    private Header length() {
        return HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length);
    }

    /** Helidon copies what it sends at once, and many callers of a long report would need as many copies. */
    private void sendInPieces(ServerResponse response) {
        try (var out = response.outputStream()) {
            for (int sent = 0; sent < body.length; sent += PIECE) {
                // An array of its own: Helidon 4.1.7 sends the wrong bytes where a piece begins in the middle of one.
                out.write(Arrays.copyOfRange(body, sent, Math.min(sent + PIECE, body.length)));
            }
        } catch (IOException gone) {
            throw new ServerConnectionException("The caller left before the end of the answer", gone);
        }
    }
}
