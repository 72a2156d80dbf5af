package coworking.analytics.rest.http;

/** A long content, of which only tag and length are kept. It is encoded again for each request. */
final class StreamedRepresentation implements CachedRepresentation {

    private final EntityTag tag;
    private final long length;
    private final RepresentationHeaders headers;

    StreamedRepresentation(EntityTag tag, long length, RepresentationHeaders headers) {
        this.tag = tag;
        this.length = length;
        this.headers = headers;
    }

    @Override
    public Representation plain(StreamingOutput content) {
        return Representation.plain(tag, StreamedBody.ofLength(length, content), headers);
    }

    @Override
    public Representation gzip(StreamingOutput content) {
        return Representation.gzip(tag, StreamedBody.chunked(GzipOutput.compress(content)), headers);
    }
}
