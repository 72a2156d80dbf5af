package coworking.analytics.rest.http;

import io.helidon.http.Headers;

/**
 * The cached part of the representations of one content. The content itself is a parameter of each call, so that the cache does not keep it
 * alive.
 */
public interface CachedRepresentation {

    /** The cache keeps the bytes of a content up to this length. */
    int MAX_BUFFERED_BYTES = 8 * 1_048_576;

    Representation plain(StreamingOutput content);

    /** The gzip coding, or the plain one if gzip would not be shorter. */
    Representation gzip(StreamingOutput content);

    /** The coding that a request with these headers prefers. */
    default Representation select(Headers request, StreamingOutput content) {
        return AcceptEncoding.prefersGzip(request) ? gzip(content) : plain(content);
    }

    /** Reads the content once, to compute its tag and to keep it if it is short. */
    static CachedRepresentation of(StreamingOutput content, RepresentationHeaders headers) {
        var buffer = TaggedBuffer.of(content, MAX_BUFFERED_BYTES);
        return buffer.bytes()
                .<CachedRepresentation>map(bytes -> new InMemoryRepresentation(buffer.tag(), bytes, headers))
                .orElseGet(() -> new StreamedRepresentation(buffer.tag(), buffer.length(), headers));
    }
}
