package coworking.analytics.rest.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coworking.analytics.rest.spi.ExchangeObserver;
import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** Responds to a request that Helidon rejects before the routing. */
final class DirectErrorHandler implements DirectHandler {

    /** For an unknown version, Helidon passes the whole request line and a slash as the version. */
    private static final Pattern LINE_OF_OTHER_VERSION = Pattern.compile("\\S++ \\S++ HTTP/(?!1\\.1/?$)\\d++(?:\\.\\d++)?+/?+");

    private final ExchangeObserver observer;

    DirectErrorHandler(ExchangeObserver observer) {
        this.observer = observer;
    }

    /** A whole response, after which the connection is closed. */
    static byte[] closingResponse(Status status) {
        var problem = Problem.ofStatus(status).json("");
        var head = "HTTP/1.1 " + status.codeText() + " " + status.reasonPhrase() + "\r\nConnection: close\r\nContent-Type: "
                + Problem.CONTENT_TYPE.get() + "\r\nContent-Length: " + problem.length + "\r\n\r\n";
        var response = ByteBuffer.allocate(head.length() + problem.length);
        return response.put(head.getBytes(US_ASCII)).put(problem).array();
    }

    /** Called while a request is handled. */
    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, Throwable failure, System.Logger log) {
        return respond(Problem.ofStatus(status), request, headers);
    }

    /**
     * Called while a request is read. Only the client's bytes can fail then, but Helidon 4.5.0 reports some of these failures as internal
     * errors: a method with an illegal character, and headers that end too early.
     */
    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, String message) {
        var problem = isOfOtherVersion(request, event)
                ? Problem.otherVersion()
                : Problem.ofStatus(event == EventType.INTERNAL_ERROR ? Status.BAD_REQUEST_400 : status);
        return respond(problem, request, headers);
    }

    private static boolean isOfOtherVersion(TransportRequest request, EventType event) {
        return event == EventType.HTTP_VERSION_NOT_SUPPORTED || LINE_OF_OTHER_VERSION.matcher(request.protocolVersion()).matches();
    }

    private TransportResponse respond(Problem problem, TransportRequest request, ServerResponseHeaders headers) {
        observer.refused(problem.status().code());
        headers.set(Problem.CONTENT_TYPE);
        headers.set(Response.NOSNIFF);
        return TransportResponse.builder()
                .status(problem.status())
                .headers(headers)
                .entity(problem.json(request.path()))
                .build();
    }
}
