package coworking.analytics.rest.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A problem details object (RFC 9457). No problem has a type of its own: the status tells what to do, {@code code} what went
 * wrong, and {@code errors} what to correct.
 *
 * @param status the status of the response; its reason phrase is the title
 * @param code the kind of the problem, which programs may compare; only clients of v1 receive it
 * @param detail a text for any client: never the message of an exception, except a reason that a port declares fit to be shown
 * @param errors the invalid parameters of the request
 * @param headers further headers of the response
 */
public record Problem(Status status, String code, String detail, List<ParameterError> errors, List<Header> headers) {

    static final Header CONTENT_TYPE = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/problem+json");

    /** A problem of which there is one kind with this status. It has a text and response headers of its own. */
    public static Problem of(Status status, String detail, Header... headers) {
        return new Problem(status, status.reasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '_'), detail, List.of(), List.of(headers));
    }

    /** The same problem as another kind. */
    public Problem withCode(String newCode) {
        return new Problem(status, newCode, detail, errors, headers);
    }

    static Problem notFound() {
        return ofStatus(Status.NOT_FOUND_404);
    }

    static Problem methodNotAllowed() {
        return ofStatus(Status.METHOD_NOT_ALLOWED_405);
    }

    /** Helidon reads no other version, and clients behind an old proxy seldom know theirs. */
    static Problem otherVersion() {
        return of(Status.HTTP_VERSION_NOT_SUPPORTED_505, "This server speaks HTTP/1.1 only.");
    }

    public static Problem invalidParameters(List<ParameterError> errors) {
        var count = errors.stream().map(ParameterError::parameter).distinct().count();
        return new Problem(Status.BAD_REQUEST_400, "invalid_parameters",
                count == 1 ? "1 parameter is invalid." : count + " parameters are invalid.",
                List.copyOf(errors), List.of());
    }

    static Problem ofStatus(Status status) {
        return of(status, switch (status.code()) {
            case 404 -> "There is nothing at this path.";
            case 405 -> "This resource can only be read.";
            case 408 -> "The request did not arrive in time.";
            case 431 -> "The header lines of the request are too many or too long.";
            case 500 -> "The service failed to answer. The failure was logged.";
            case 503 -> "The server has no place for another connection.";
            default -> "The server cannot accept this request.";
        });
    }

    public Response toResponse(ServerRequest request) {
        var context = RequestContext.of(request);
        var json = json(request.path().absolute().rawPath(), context.map(known -> known.id().get()));
        var own = Stream.concat(Stream.of(CONTENT_TYPE), headers.stream());
        return Response.json(new BufferedBody(json)).withStatus(status)
                .with(Stream.concat(own, context.stream().flatMap(known -> Stream.of(known.requestIdHeader(), known.serverTiming())))
                        .toList());
    }

    /** Encodes the problem. The path {@code instance} is empty if the request could not be parsed that far. */
    byte[] json(String instance) {
        return json(instance, Optional.empty());
    }

    private byte[] json(String instance, Optional<String> requestId) {
        return JsonWriter.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", status.reasonPhrase());
            json.writeNumberField("status", status.code());
            if (requestId.isPresent()) {
                json.writeStringField("code", code);
            }
            json.writeStringField("detail", detail);
            if (!instance.isEmpty()) {
                json.writeStringField("instance", instance);
            }
            if (requestId.isPresent()) {
                json.writeStringField("request_id", requestId.get());
            }
            if (!errors.isEmpty()) {
                writeErrors(json);
            }
        });
    }

    private void writeErrors(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("errors");
        for (var error : errors) {
            json.writeStartObject();
            json.writeStringField("parameter", error.parameter());
            json.writeStringField("code", error.code().name().toLowerCase(Locale.ROOT));
            json.writeStringField("value", error.value().orElse(null));
            json.writeStringField("reason", error.reason());
            json.writeStringField("allowed", error.allowed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
