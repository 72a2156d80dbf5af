package coworking.analytics.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;

/** A body that is complete before it is sent. */
public final class BufferedBody implements ResponseBody {

    private final byte[] bytes;

    public BufferedBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public void sendHead(ServerResponse response) {
        response.header(contentLength()).send();
    }

    /** Helidon copies the bytes of a single send, and each of many concurrent requests would need a copy of a long body. */
    @Override
    public void send(ServerResponse response) {
        if (bytes.length <= ChunkedOutputStream.CHUNK_BYTES) {
            response.send(bytes);
        } else {
            ChunkedOutputStream.send(response.header(contentLength()), out -> out.write(bytes));
        }
    }

    private Header contentLength() {
        return HeaderValues.create(HeaderNames.CONTENT_LENGTH, bytes.length);
    }
}
