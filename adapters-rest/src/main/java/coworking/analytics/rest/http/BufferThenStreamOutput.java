package coworking.analytics.rest.http;

import io.helidon.http.Header;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receives the content of a response while it is produced. A short content is buffered, and sent with its length and its tag. A longer one
 * is streamed in chunks, of which one is in memory at a time. It has no tag: the tag is known too late, and clients seldom request a long
 * export twice.
 */
public final class BufferThenStreamOutput extends TaggedOutput {

    /** About a thousand rows. */
    public static final int MAX_BUFFERED_BYTES = 262_144;

    /** A phone in a tunnel has a connection again by then. */
    private static final Duration WRITE_TIMEOUT = Duration.ofMinutes(1);

    private final ServerRequest request;
    private final ServerResponse response;
    private final TaggedBuffer buffer;
    private RepresentationHeaders headers;
    private @Nullable OutputStream stream;
    private @Nullable GzipOutput gzip;

    /**
     * Makes an empty output.
     *
     * @param name the name of the content; the same bytes under another name have another tag
     */
    public BufferThenStreamOutput(ServerRequest request, ServerResponse response, RepresentationHeaders headers, String name) {
        this.request = request;
        this.response = response;
        this.headers = headers;
        this.buffer = new TaggedBuffer(name, MAX_BUFFERED_BYTES);
    }

    /** Sets the headers of this response. To be called before the first byte of content. */
    public void setHeaders(List<Header> more) {
        headers = headers.with(more);
    }

    @Override
    public void tagBy(String text) {
        if (stream == null) {
            buffer.tagBy(text);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        var open = stream;
        if (open == null && buffer.fits(length)) {
            buffer.write(bytes, start, length);
        } else {
            (open == null ? startStreaming() : open).write(bytes, start, length);
        }
    }

    private OutputStream startStreaming() throws IOException {
        if (needsNoContent()) {
            throw new ContentNotNeededException();
        }
        var isGzip = AcceptEncoding.prefersGzip(request.headers());
        sendHead(isGzip);
        OutputStream chunks = new ChunkedOutputStream(new WriteTimeoutOutputStream(response.outputStream(), WRITE_TIMEOUT));
        if (isGzip) {
            var compressing = GzipOutput.compressingTo(chunks);
            gzip = compressing;
            chunks = compressing;
        }
        stream = chunks;
        buffer.drainTo(chunks);
        return chunks;
    }

    /** HEAD and {@code If-None-Match: *} need no further content. */
    private boolean needsNoContent() {
        return isHead() || EntityTag.matchesAny(request.headers());
    }

    private boolean isHead() {
        return request.prologue().method().equals(Method.HEAD);
    }

    private void sendHead(boolean isGzip) {
        send(headers.ok(StreamedBody.CHUNKED_PLACEHOLDER, isGzip, Optional.empty()));
    }

    private void send(Response made) {
        RequestContext.addServerTiming(request, made).send(request, response);
    }

    /** Whether the client may have received a part of the response. */
    public boolean hasStarted() {
        return stream != null;
    }

    /** The content is complete. */
    public void finish() throws IOException {
        var open = stream;
        if (open == null) {
            buffer.toResponse(request, headers).send(request, response);
        } else {
            open.close();
        }
    }

    /** The content is too long for the buffer, and the client needs none of it. */
    public void finishWithoutContent() {
        if (isHead()) {
            sendHead(AcceptEncoding.prefersGzip(request.headers()));
        } else {
            send(headers.notModified(Optional.empty()));
        }
    }

    /** The content failed. Releases memory without ending the gzip coding, so that a part does not look complete. */
    public void abort() {
        if (gzip != null) {
            gzip.abort();
        }
    }

    /** Stops the production of content that the client does not need. */
    public static final class ContentNotNeededException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private ContentNotNeededException() {
            super("The client needs no further content", null, false, false);
        }
    }
}
