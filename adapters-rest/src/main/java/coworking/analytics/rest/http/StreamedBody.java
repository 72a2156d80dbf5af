package coworking.analytics.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;

/**
 * A body that is produced while it is sent. One chunk is in memory at a time.
 *
 * <p>Helidon 4.5.0 has no write timeout. A client that stops reading keeps the source of the body in memory until its connection breaks.
 */
public final class StreamedBody implements ResponseBody {

    /** Sends only the headers of a chunked body; the content is written to the response directly. */
    static final ResponseBody CHUNKED_PLACEHOLDER = new ResponseBody() {

        @Override
        public void sendHead(ServerResponse response) {
            response.header(ChunkedHeadHeader.CHUNKED).send();
        }

        @Override
        public void send(ServerResponse response) {
            response.header(HeaderValues.TRANSFER_ENCODING_CHUNKED);
        }
    };

    private final Header framing;
    private final Header headFraming;
    private final StreamingOutput content;

    private StreamedBody(Header framing, Header headFraming, StreamingOutput content) {
        this.framing = framing;
        this.headFraming = headFraming;
        this.content = content;
    }

    /** A body of known length. */
    static StreamedBody ofLength(long length, StreamingOutput content) {
        var framing = HeaderValues.create(HeaderNames.CONTENT_LENGTH, length);
        return new StreamedBody(framing, framing, content);
    }

    /** A body of unknown length. */
    public static StreamedBody chunked(StreamingOutput content) {
        return new StreamedBody(HeaderValues.TRANSFER_ENCODING_CHUNKED, ChunkedHeadHeader.CHUNKED, content);
    }

    @Override
    public void sendHead(ServerResponse response) {
        response.header(headFraming).send();
    }

    @Override
    public void send(ServerResponse response) {
        ChunkedOutputStream.send(response.header(framing), content);
    }
}
