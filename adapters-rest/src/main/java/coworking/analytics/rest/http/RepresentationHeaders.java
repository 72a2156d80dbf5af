package coworking.analytics.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The headers that a representation has in every content coding. Caches may keep it, but must revalidate it each time.
 *
 * @param contentType its media type
 * @param vary the request headers on which it depends
 * @param more headers of a response with content, which a 304 leaves out
 */
public record RepresentationHeaders(Header contentType, Header vary, List<Header> more) {

    private static final Header CONTENT_ENCODING_GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");

    /**
     * Makes headers.
     *
     * @param vary the names of request headers, with commas between
     */
    public static RepresentationHeaders of(String contentType, String vary) {
        return new RepresentationHeaders(HeaderValues.createCached(HeaderNames.CONTENT_TYPE, contentType),
                HeaderValues.createCached(HeaderNames.VARY, vary), List.of());
    }

    /** The same with headers of one response. */
    public RepresentationHeaders with(List<Header> headers) {
        return new RepresentationHeaders(contentType, vary, headers);
    }

    /**
     * A response with content.
     *
     * @param tag empty if the content is streamed before its tag is known
     */
    Response ok(ResponseBody body, boolean isGzip, Optional<EntityTag> tag) {
        var coding = isGzip ? Stream.of(CONTENT_ENCODING_GZIP) : Stream.<Header>empty();
        var content = Stream.concat(Stream.concat(Stream.of(contentType), coding), more.stream());
        return Response.of(Status.OK_200, Stream.concat(content, cacheHeaders(tag)), body);
    }

    /** The response to a client that has the representation already. */
    Response notModified(Optional<EntityTag> tag) {
        return Response.of(Status.NOT_MODIFIED_304, cacheHeaders(tag), new BufferedBody(new byte[0]));
    }

    private Stream<Header> cacheHeaders(Optional<EntityTag> tag) {
        return Stream.concat(tag.map(EntityTag::header).stream(), Stream.of(NO_CACHE, vary));
    }
}
