package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;

/** A body that is complete before the first byte of it leaves. */
final class HeldBody implements Body {

    private final byte[] bytes;

    HeldBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public void sendHead(ServerResponse response) {
        response.header(length()).send();
    }

    /** Helidon copies what it sends at once, and many callers of a long body would need as many copies. */
    @Override
    public void send(ServerResponse response) {
        if (bytes.length <= Pieces.SIZE) {
            response.send(bytes);
        } else {
            Pieces.send(response.header(length()), out -> out.write(bytes));
        }
    }

    private Header length() {
        return HeaderValues.create(HeaderNames.CONTENT_LENGTH, bytes.length);
    }
}
