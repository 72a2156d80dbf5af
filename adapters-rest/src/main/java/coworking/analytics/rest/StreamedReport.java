package coworking.analytics.rest;

/** A long report, encoded anew for each caller, of whose bytes only tag and length are remembered. */
final class StreamedReport implements Encoded {

    private final EntityTag tag;
    private final long length;

    StreamedReport(EntityTag tag, long length) {
        this.tag = tag;
        this.length = length;
    }

    @Override
    public Form plain(Bytes json) {
        return Form.plain(tag, StreamedBody.ofLength(length, json));
    }

    @Override
    public Form gzip(Bytes json) {
        return Form.gzip(tag, StreamedBody.inChunks(Gzip.of(json)));
    }
}
