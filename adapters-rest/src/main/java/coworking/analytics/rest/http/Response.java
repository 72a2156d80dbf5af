package coworking.analytics.rest.http;

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

/** A response: its status, headers and body. */
public final class Response {

    /** Keeps browsers from interpreting an echoed path or a name as HTML. */
    static final Header NOSNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");

    private static final Header HTML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private final Status status;
    private final List<Header> headers;
    private final ResponseBody body;

    private Response(Status status, List<Header> headers, ResponseBody body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static Response of(Status status, Stream<Header> headers, ResponseBody body) {
        return new Response(status, Stream.concat(Stream.of(NOSNIFF), headers).toList(), body);
    }

    /** A 200 with plain text. Flask sent text as HTML, and the clients of the probes compare the type. */
    public static Response html(String text) {
        return of(Status.OK_200, Stream.of(HTML), new BufferedBody(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Response json(ResponseBody body) {
        return of(Status.OK_200, Stream.of(JSON), body);
    }

    /** A response whose body sets the status and the headers when it is sent. */
    public static Response of(ResponseBody body) {
        return of(Status.OK_200, Stream.empty(), body);
    }

    public Response withStatus(Status newStatus) {
        return new Response(newStatus, headers, body);
    }

    /** The header replaces one of the same name. */
    public Response with(Header header) {
        return with(List.of(header));
    }

    /** Each of the headers replaces one of the same name. */
    public Response with(List<Header> more) {
        return new Response(status, Stream.concat(headers.stream(), more.stream()).toList(), body);
    }

    public void send(ServerRequest request, ServerResponse response) {
        response.status(status);
        headers.forEach(response::header);
        if (request.prologue().method().equals(Method.HEAD)) {
            body.sendHead(response);
        } else {
            body.send(response);
        }
    }
}
