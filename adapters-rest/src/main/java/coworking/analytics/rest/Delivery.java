package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content of an answer while it is being made, once. A short one is held to the end and then sent with its length and its tag.
 * A longer one goes out as it comes, in pieces, and no more than one of them is ever in memory; for its tag is known too late, and whoever
 * exports a million rows seldom asks for them twice.
 */
final class Delivery extends OutputStream {

    /** As long as some thousand rows. */
    static final int MOST_HELD = 262_144;

    /** Longer than a phone in a tunnel takes to come out of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Reply reply;
    private final ServerResponse response;
    private final TaggedBytes held;
    private List<Header> headers = List.of();
    private @Nullable OutputStream stream;
    private @Nullable Gzip gzip;

    Delivery(Reply reply, String name, ServerResponse response) {
        this.reply = reply;
        this.response = response;
        held = new TaggedBytes(name);
    }

    /** What the answer says of itself beside what all do; to be told before the first byte of content. */
    void head(List<Header> more) {
        headers = more;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        var open = stream;
        if (open != null) {
            open.write(bytes, start, length);
        } else {
            held.write(bytes, start, length);
            sendWhatIsTooLongToHold();
        }
    }

    private void sendWhatIsTooLongToHold() throws IOException {
        if (held.size() > MOST_HELD) {
            if (isEnough()) {
                throw new Enough();
            }
            held.writeTo(open());
            held.reset();
        }
    }

    /** Who asks for the head, or for anything but what it has, is told nothing by the rest. */
    private boolean isEnough() {
        return isHead() || EntityTag.isAnyKnown(reply.request().headers());
    }

    private boolean isHead() {
        return reply.request().prologue().method().equals(Method.HEAD);
    }

    private OutputStream open() throws IOException {
        reply.streamed(StreamedBody.CHUNKS_TO_COME, headers).send(reply.request(), response);
        OutputStream pieces = new Pieces(new ImpatientStream(response.outputStream(), PATIENCE));
        if (reply.prefersGzip()) {
            var zipping = Gzip.to(pieces);
            gzip = zipping;
            pieces = zipping;
        }
        stream = pieces;
        return pieces;
    }

    /** Whether some of the answer has left already. */
    boolean hasBegun() {
        return stream != null;
    }

    /** The content is complete. */
    void finish() throws IOException {
        var open = stream;
        if (open == null) {
            reply.held(held, headers).send(reply.request(), response);
        } else {
            open.close();
        }
    }

    /** The content is longer than is held, and the caller wants none of it. */
    void finishWithoutContent() {
        var answer = isHead() ? reply.streamed(StreamedBody.CHUNKS_TO_COME, headers) : reply.notModified();
        answer.send(reply.request(), response);
    }

    /** The content broke off: nothing that is sent from now on could make a whole of it. */
    void abandon() {
        if (gzip != null) {
            gzip.abandon();
        }
    }

    /** Ends the making of content that nobody wants. */
    static final class Enough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Enough() {
            super("nobody wants more of this", null, false, false);
        }
    }
}
