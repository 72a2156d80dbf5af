package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;

/**
 * A body that is made while it is sent, and of which no more than a piece is ever in memory.
 *
 * <p>Helidon 4.1.7 sets no limit to the time that a write may take. A caller who stops reading keeps what the body is made from
 * in memory until its connection breaks.
 */
final class StreamedBody implements Body {

    /** The beginning of a body in chunks, which somebody else sends: only that there will be one. */
    static final Body CHUNKS_TO_COME = new Body() {

        @Override
        public void sendHead(ServerResponse response) {
            response.header(ChunkedHead.INSTEAD_OF_A_LENGTH).send();
        }

        @Override
        public void send(ServerResponse response) {
            response.header(HeaderValues.TRANSFER_ENCODING_CHUNKED);
        }
    };

    private final Header framing;
    private final Header framingOfHead;
    private final Bytes content;

    private StreamedBody(Header framing, Header framingOfHead, Bytes content) {
        this.framing = framing;
        this.framingOfHead = framingOfHead;
        this.content = content;
    }

    /** A body of so many bytes. */
    static StreamedBody ofLength(long length, Bytes content) {
        var framing = HeaderValues.create(HeaderNames.CONTENT_LENGTH, length);
        return new StreamedBody(framing, framing, content);
    }

    /** A body whose length is not known before it has been sent. */
    static StreamedBody inChunks(Bytes content) {
        return new StreamedBody(HeaderValues.TRANSFER_ENCODING_CHUNKED, ChunkedHead.INSTEAD_OF_A_LENGTH, content);
    }

    @Override
    public void sendHead(ServerResponse response) {
        response.header(framingOfHead).send();
    }

    @Override
    public void send(ServerResponse response) {
        Pieces.send(response.header(framing), content);
    }
}
