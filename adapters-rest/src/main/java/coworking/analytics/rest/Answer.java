package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** All that goes back to a caller. */
final class Answer {

    /** Keeps browsers from guessing that an echoed path or a name is a web page. */
    static final Header NOSNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");

    private static final Header HTML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private final Status status;
    private final List<Header> headers;
    private final Body body;

    private Answer(Status status, List<Header> headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The type that Flask gives a plain text, which the probes' callers know. */
    static Answer page(String text) {
        return new Answer(Status.OK_200, List.of(NOSNIFF, HTML), new HeldBody(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Answer json(Body body) {
        return new Answer(Status.OK_200, List.of(NOSNIFF, JSON), body);
    }

    /** Whose body finds out by itself what else is to be said of it. */
    static Answer of(Body body) {
        return new Answer(Status.OK_200, List.of(NOSNIFF), body);
    }

    static Answer empty(Status status) {
        return new Answer(status, List.of(NOSNIFF), new HeldBody(new byte[0]));
    }

    Answer as(Status other) {
        return new Answer(other, headers, body);
    }

    /** The header replaces one of the same name. */
    Answer with(Header header) {
        return new Answer(status, Stream.concat(headers.stream(), Stream.of(header)).toList(), body);
    }

    /** Each of the headers replaces one of the same name. */
    Answer with(List<Header> others) {
        return new Answer(status, Stream.concat(headers.stream(), others.stream()).toList(), body);
    }

    void send(ServerRequest request, ServerResponse response) {
        response.status(status);
        headers.forEach(response::header);
        if (request.prologue().method().equals(Method.HEAD)) {
            body.sendHead(response);
        } else {
            body.send(response);
        }
    }
}
