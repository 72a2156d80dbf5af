package coworking.analytics.rest.http;

import io.helidon.http.Headers;
import java.util.Optional;

/**
 * A content in one content coding.
 *
 * @param tag identifies the bytes of this coding
 * @param response the response with the content
 * @param notModified the response to a client that has the content already
 */
public record Representation(EntityTag tag, Response response, Response notModified) {

    static Representation plain(EntityTag tag, ResponseBody body, RepresentationHeaders headers) {
        return of(tag, body, false, headers);
    }

    static Representation gzip(EntityTag plainTag, ResponseBody body, RepresentationHeaders headers) {
        return of(plainTag.forGzip(), body, true, headers);
    }

    private static Representation of(EntityTag tag, ResponseBody body, boolean isGzip, RepresentationHeaders headers) {
        return new Representation(tag, headers.ok(body, isGzip, Optional.of(tag)), headers.notModified(Optional.of(tag)));
    }

    /** The response to a request with these headers. */
    public Response responseTo(Headers request) {
        return tag.matches(request) ? notModified : response;
    }
}
