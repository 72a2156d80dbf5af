package coworking.analytics.rest.http;

import java.util.Optional;

/** A short content, which is encoded once per coding. */
final class InMemoryRepresentation implements CachedRepresentation {

    private final EntityTag tag;
    private final byte[] bytes;
    private final RepresentationHeaders headers;
    private final Representation plain;
    private Optional<Representation> gzip = Optional.empty();

    InMemoryRepresentation(EntityTag tag, byte[] bytes, RepresentationHeaders headers) {
        this.tag = tag;
        this.bytes = bytes;
        this.headers = headers;
        this.plain = Representation.plain(tag, new BufferedBody(bytes), headers);
    }

    @Override
    public Representation plain(StreamingOutput sameContent) {
        return plain;
    }

    /** The first request that accepts gzip compresses the content. */
    @Override
    public synchronized Representation gzip(StreamingOutput sameContent) {
        var known = gzip.orElseGet(this::compressed);
        gzip = Optional.of(known);
        return known;
    }

    private Representation compressed() {
        var compressed = GzipOutput.compress(bytes);
        return compressed.length < bytes.length ? Representation.gzip(tag, new BufferedBody(compressed), headers) : plain;
    }
}
