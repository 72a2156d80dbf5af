package coworking.analytics.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Handles all methods of one URL. Helidon's routing has no HEAD, OPTIONS and 405 of its own. */
public final class ReadOnlyResource implements Handler {

    private static final Header ALLOW = HeaderValues.create(HeaderNames.ALLOW, "GET, HEAD, OPTIONS");
    private static final Response OPTIONS = Response.html("").with(ALLOW);

    private final GetHandler getHandler;

    public ReadOnlyResource(GetHandler getHandler) {
        this.getHandler = getHandler;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        respond(request).send(request, response);
    }

    private Response respond(ServerRequest request) {
        return switch (request.prologue().method().text()) {
            case "GET", "HEAD" -> getHandler.respond(request);
            case "OPTIONS" -> OPTIONS;
            default -> Problem.methodNotAllowed().toResponse(request).with(ALLOW);
        };
    }

    /** Makes the response to a GET. */
    @FunctionalInterface
    public interface GetHandler {

        Response respond(ServerRequest request);
    }
}
