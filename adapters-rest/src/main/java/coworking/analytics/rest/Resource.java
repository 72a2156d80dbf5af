package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** One URL, whatever the method: Helidon's routing gives no HEAD, no OPTIONS and no 405. */
final class Resource implements Handler {

    private static final Header ALLOW = HeaderValues.create(HeaderNames.ALLOW, "GET, HEAD, OPTIONS");
    private static final Answer OPTIONS = Answer.page("").with(ALLOW);

    private final Content content;

    Resource(Content content) {
        this.content = content;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        answer(request).send(request, response);
    }

    private Answer answer(ServerRequest request) {
        return switch (request.prologue().method().text()) {
            case "GET", "HEAD" -> content.answer(request);
            case "OPTIONS" -> OPTIONS;
            default -> Problem.methodNotAllowed().answer(request).with(ALLOW);
        };
    }

    /** What a GET of the resource answers; a failure is thrown. */
    @FunctionalInterface
    interface Content {

        Answer answer(ServerRequest request);
    }
}
