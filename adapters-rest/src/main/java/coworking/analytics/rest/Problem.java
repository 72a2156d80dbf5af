package coworking.analytics.rest;

import coworking.analytics.application.port.in.Unavailable;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;

/**
 * What went wrong, in the format of RFC 9457, and the one place where failures become statuses.
 *
 * @param status the status of the answer, its reason phrase the title
 * @param detail what a stranger may read: nothing that an exception said, except the reason that a port declares fit to be shown
 */
record Problem(Status status, String detail) {

    static final Header TYPE = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/problem+json");

    static Problem of(Throwable failure) {
        return switch (failure) {
            // 500 as the original answered: callers and alarms compare the status.
            case Unavailable unavailable -> new Problem(Status.INTERNAL_SERVER_ERROR_500, unavailable.reason());
            case HttpException refusal -> refused(refusal.status());
            default -> refused(Status.INTERNAL_SERVER_ERROR_500);
        };
    }

    static Problem notFound() {
        return refused(Status.NOT_FOUND_404);
    }

    static Problem methodNotAllowed() {
        return refused(Status.METHOD_NOT_ALLOWED_405);
    }

    /** A request that Helidon could not read. An argument it found illegal came from the caller, so that is no fault of ours. */
    static Problem unreadable(Status status, Throwable failure) {
        return refused(failure.getCause() instanceof IllegalArgumentException ? Status.BAD_REQUEST_400 : status);
    }

    /** Helidon's parser reads no other version, and callers behind an old proxy seldom know which one they speak. */
    static Problem foreignProtocol() {
        return new Problem(Status.BAD_REQUEST_400, "This server speaks HTTP/1.1 only.");
    }

    static Problem notForStrangers() {
        return new Problem(Status.FORBIDDEN_403, "This is for callers on the same machine, as kubectl port-forward is.");
    }

    static Problem busy() {
        return new Problem(Status.CONFLICT_409, "Another diagnosis is under way. One at a time.");
    }

    static Problem wrongLength(int mostSeconds) {
        return new Problem(Status.BAD_REQUEST_400, "The seconds have to be a whole number from 1 to " + mostSeconds + ".");
    }

    static Problem wrongLevel() {
        return new Problem(Status.BAD_REQUEST_400, "The body has to be ERROR, WARN, INFO, DEBUG or OFF, for one of few loggers.");
    }

    static Problem refused(Status status) {
        return new Problem(status, switch (status.code()) {
            case 404 -> "There is nothing at this path.";
            case 405 -> "This resource can only be read.";
            case 500 -> "The service failed to answer. The failure was logged.";
            default -> "The server cannot accept this request.";
        });
    }

    Answer answer(ServerRequest request) {
        return Answer.json(new HeldBody(json(request.path().absolute().rawPath()))).as(status).with(TYPE);
    }

    /** The problem of the request for {@code instance}, a path; empty where the request was too broken to name one. */
    byte[] json(String instance) {
        return Json.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", status.reasonPhrase());
            json.writeNumberField("status", status.code());
            json.writeStringField("detail", detail);
            if (!instance.isEmpty()) {
                json.writeStringField("instance", instance);
            }
        });
    }
}
