package coworking.analytics.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import coworking.analytics.application.port.in.SpaceAnalytics.WrongCursor;
import coworking.analytics.application.port.in.TooBusy;
import coworking.analytics.application.port.in.Unavailable;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What went wrong, in the format of RFC 9457, and the one place where failures become statuses. No problem has a type of its own: the
 * status says what to do, and {@code errors} what to mend.
 *
 * @param status the status of the answer, its reason phrase the title
 * @param detail what a stranger may read: nothing that an exception said, except the reason that a port declares fit to be shown
 * @param faults what is wrong with the request's parameters, if that is it
 * @param headers what the answer says beside
 */
record Problem(Status status, String detail, List<Fault> faults, List<Header> headers) {

    static final Header TYPE = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/problem+json");

    /** About as long as a lost connection to the database takes to be noticed and made anew. */
    private static final Header SECONDS_FOR_A_DATABASE = HeaderValues.create(HeaderNames.RETRY_AFTER, "5");
    private static final Header SECONDS_FOR_OTHERS = HeaderValues.create(HeaderNames.RETRY_AFTER, "1");
    private static final Header BEARER = HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"names\"");

    private Problem(Status status, String detail, Header... headers) {
        this(status, detail, List.of(), List.of(headers));
    }

    static Problem of(Throwable failure, boolean isOfCall) {
        return switch (failure) {
            case Refusal refusal -> refusal.problem();
            case WrongCursor _ -> wrongCursor();
            case TooBusy _ -> tooMany();
            // 500 as the original answered: callers and alarms compare the status.
            case Unavailable unavailable when !isOfCall -> new Problem(Status.INTERNAL_SERVER_ERROR_500, unavailable.reason());
            case Unavailable unavailable when unavailable.isTooSlow() -> tooSlow();
            case Unavailable unavailable -> new Problem(Status.SERVICE_UNAVAILABLE_503, unavailable.reason(), SECONDS_FOR_A_DATABASE);
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

    /** A request that Helidon could not read. An argument it found illegal came from the caller, and so did an end before the end. */
    static Problem unreadable(Status status, Throwable failure) {
        return refused(switch (failure.getCause()) {
            case IllegalArgumentException illegal -> Status.BAD_REQUEST_400;
            case InsufficientDataAvailableException brokenOff -> Status.BAD_REQUEST_400;
            case null, default -> status;
        });
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

    static Problem notUnderstood(List<Fault> faults) {
        var parameters = faults.stream().map(Fault::parameter).distinct().count();
        return new Problem(Status.BAD_REQUEST_400,
                parameters == 1 ? "1 parameter was not understood." : parameters + " parameters were not understood.",
                List.copyOf(faults), List.of());
    }

    private static Problem wrongCursor() {
        return notUnderstood(List.of(new Fault("cursor", "is not one that a page of this question has given out",
                "as in the link to the next page, beside the same parameters")));
    }

    static Problem namesNeedAToken() {
        return new Problem(Status.UNAUTHORIZED_401, "Names are for callers with the token that the operator has set.", BEARER);
    }

    static Problem namesAreForNobody() {
        return new Problem(Status.FORBIDDEN_403, "This service gives names to nobody.");
    }

    static Problem unknownUser() {
        return new Problem(Status.NOT_FOUND_404, "Nobody has this id.");
    }

    static Problem notAcceptable(String types) {
        return new Problem(Status.NOT_ACCEPTABLE_406, "This resource is to be had as " + types + ".");
    }

    private static Problem tooMany() {
        return new Problem(Status.TOO_MANY_REQUESTS_429, "Too many questions are under way. Ask again later.", SECONDS_FOR_OTHERS);
    }

    private static Problem tooSlow() {
        return new Problem(Status.GATEWAY_TIMEOUT_504, "The question took longer than it may. Ask for fewer days.");
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
        var call = Call.of(request);
        var json = json(request.path().absolute().rawPath(), call.map(known -> known.id().get()));
        var own = Stream.concat(Stream.of(TYPE), headers.stream());
        return Answer.json(new HeldBody(json)).as(status)
                .with(Stream.concat(own, call.stream().flatMap(known -> Stream.of(known.requestId(), known.timing()))).toList());
    }

    /** The problem of the request for {@code instance}, a path; empty where the request was too broken to name one. */
    byte[] json(String instance) {
        return json(instance, Optional.empty());
    }

    private byte[] json(String instance, Optional<String> requestId) {
        return Json.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", status.reasonPhrase());
            json.writeNumberField("status", status.code());
            json.writeStringField("detail", detail);
            if (!instance.isEmpty()) {
                json.writeStringField("instance", instance);
            }
            if (requestId.isPresent()) {
                json.writeStringField("request_id", requestId.get());
            }
            if (!faults.isEmpty()) {
                writeFaults(json);
            }
        });
    }

    private void writeFaults(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("errors");
        for (var fault : faults) {
            json.writeStartObject();
            json.writeStringField("parameter", fault.parameter());
            json.writeStringField("reason", fault.reason());
            json.writeStringField("allowed", fault.allowed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
