package coworking.analytics.bootstrap.replay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Pattern;

/**
 * The bytes of a body, whatever frames them. It ends where the frame says so: a connection that ends before is a failure, and not the
 * end of the body.
 */
final class Body extends InputStream {

    private static final Pattern LENGTH = Pattern.compile("(\\d{1,18})(?:, *\\1)*");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");
    private static final int HEX = 16;
    private static final int LONGEST_LINE = 8_192;
    private static final int MOST_TRAILERS = 100;

    private final InputStream in;
    private final Frame frame;
    private long left;
    private long taken;
    private boolean begun;

    private enum Frame {
        /** As long as was said. */
        LENGTH,
        /** Pieces that say how long they are; one of 0 bytes ends them. */
        CHUNKS,
        /** All there is until the connection ends. */
        CONNECTION
    }

    private Body(InputStream in, Frame frame, long left) {
        this.in = in;
        this.frame = frame;
        this.left = left;
    }

    /**
     * The body that follows a head, which is not the answer to a HEAD.
     *
     * @throws ProtocolException where it cannot be told how long it is
     */
    static Body after(Head head, InputStream in) throws ProtocolException {
        if (head.status() == 204 || head.status() == 304) {
            return new Body(in, Frame.LENGTH, 0);
        }
        var coding = head.field("Transfer-Encoding");
        if (coding.isPresent()) {
            if (!coding.get().equalsIgnoreCase("chunked")) {
                throw new ProtocolException("it sends a body in a coding that was not asked for: " + Visible.beginning(coding.get(), 40));
            }
            return new Body(in, Frame.CHUNKS, 0);
        }
        var length = head.field("Content-Length");
        return length.isPresent() ? new Body(in, Frame.LENGTH, length(length.get())) : new Body(in, Frame.CONNECTION, Long.MAX_VALUE);
    }

    private static long length(String text) throws ProtocolException {
        var length = LENGTH.matcher(text);
        if (!length.matches()) {
            throw new ProtocolException("its Content-Length is no length");
        }
        return Long.parseLong(length.group(1));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (frame == Frame.CHUNKS && left == 0) {
            beginChunk();
        }
        if (left <= 0) {
            return -1;
        }
        var read = in.read(into, start, (int) Math.min(length, left));
        if (read == -1) {
            return end();
        }
        left -= read;
        taken += read;
        return read;
    }

    private int end() throws EOFException {
        if (frame == Frame.CONNECTION) {
            return -1;
        }
        throw new EOFException("it broke its body off after " + taken
                + (frame == Frame.LENGTH ? " of " + (taken + left) + " bytes" : " bytes"));
    }

    /** After the last chunk there is a negative number of bytes left. */
    private void beginChunk() throws IOException {
        if (begun && !line().isEmpty()) {
            throw new ProtocolException("one of its chunks is longer than it said");
        }
        begun = true;
        var size = CHUNK.matcher(line());
        if (!size.matches()) {
            throw new ProtocolException("one of its chunks does not say how long it is");
        }
        left = Long.parseLong(size.group(1), HEX);
        if (left == 0) {
            passTrailers();
            left = -1;
        }
    }

    private void passTrailers() throws IOException {
        for (int trailer = 0; !line().isEmpty(); trailer++) {
            if (trailer == MOST_TRAILERS) {
                throw new ProtocolException("its trailers have no end");
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next == -1) {
                end();
            }
            if (line.length() == LONGEST_LINE) {
                throw new ProtocolException("a line between its chunks has no end");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
