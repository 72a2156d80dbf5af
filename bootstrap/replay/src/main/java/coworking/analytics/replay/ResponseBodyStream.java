package coworking.analytics.replay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Pattern;

/**
 * The bytes of a body, without their framing. A connection that ends before the body does is a failure.
 */
final class ResponseBodyStream extends InputStream {

    private static final Pattern LENGTH_VALUE = Pattern.compile("(\\d{1,18})(?:, *\\1)*");
    private static final Pattern CHUNK_HEADER = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");
    private static final int HEX_RADIX = 16;
    private static final int MAX_LINE_LENGTH = 8_192;
    private static final int MAX_TRAILERS = 100;

    private final InputStream in;
    private final BodyFraming framing;
    private long remaining;
    private long bytesRead;
    private boolean hasStarted;

    private enum BodyFraming {
        /** The length is known. */
        CONTENT_LENGTH,
        /** Chunks with their sizes; one of 0 bytes ends them. */
        CHUNKED,
        /** The end of the connection is the end of the body. */
        UNTIL_CLOSE
    }

    private ResponseBodyStream(InputStream in, BodyFraming framing, long remaining) {
        this.in = in;
        this.framing = framing;
        this.remaining = remaining;
    }

    /**
     * The body that follows a head; not for responses to HEAD.
     *
     * @throws ProtocolException if its length is unclear
     */
    static ResponseBodyStream following(ResponseHead head, InputStream in) throws ProtocolException {
        if (head.status() == 204 || head.status() == 304) {
            return new ResponseBodyStream(in, BodyFraming.CONTENT_LENGTH, 0);
        }
        var coding = head.header("Transfer-Encoding");
        if (coding.isPresent()) {
            if (!coding.get().equalsIgnoreCase("chunked")) {
                throw new ProtocolException("unexpected Transfer-Encoding: " + Escaped.truncated(coding.get(), 40));
            }
            return new ResponseBodyStream(in, BodyFraming.CHUNKED, 0);
        }
        var length = head.header("Content-Length");
        return length.isPresent()
                ? new ResponseBodyStream(in, BodyFraming.CONTENT_LENGTH, parseLength(length.get()))
                : new ResponseBodyStream(in, BodyFraming.UNTIL_CLOSE, Long.MAX_VALUE);
    }

    private static long parseLength(String text) throws ProtocolException {
        var length = LENGTH_VALUE.matcher(text);
        if (!length.matches()) {
            throw new ProtocolException("invalid Content-Length");
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
        if (framing == BodyFraming.CHUNKED && remaining == 0) {
            readChunkHeader();
        }
        if (remaining <= 0) {
            return -1;
        }
        var read = in.read(into, start, (int) Math.min(length, remaining));
        if (read == -1) {
            return endOfStream();
        }
        remaining -= read;
        bytesRead += read;
        return read;
    }

    private int endOfStream() throws EOFException {
        if (framing == BodyFraming.UNTIL_CLOSE) {
            return -1;
        }
        throw new EOFException("the body ended after " + bytesRead
                + (framing == BodyFraming.CONTENT_LENGTH ? " of " + (bytesRead + remaining) + " bytes" : " bytes"));
    }

    /** After the last chunk, {@code remaining} is negative. */
    private void readChunkHeader() throws IOException {
        if (hasStarted && !readLine().isEmpty()) {
            throw new ProtocolException("a chunk is longer than its size");
        }
        hasStarted = true;
        var size = CHUNK_HEADER.matcher(readLine());
        if (!size.matches()) {
            throw new ProtocolException("a chunk has no size");
        }
        remaining = Long.parseLong(size.group(1), HEX_RADIX);
        if (remaining == 0) {
            skipTrailers();
            remaining = -1;
        }
    }

    private void skipTrailers() throws IOException {
        for (int trailer = 0; !readLine().isEmpty(); trailer++) {
            if (trailer == MAX_TRAILERS) {
                throw new ProtocolException("too many trailers");
            }
        }
    }

    private String readLine() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next == -1) {
                endOfStream();
            }
            if (line.length() == MAX_LINE_LENGTH) {
                throw new ProtocolException("a line between chunks is too long");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
