package coworking.analytics.rest.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Computes the entity tag and the length of a content, and keeps its bytes up to a maximum. */
public final class TaggedBuffer extends TaggedOutput {

    private final int maxBytes;
    private final MessageDigest digest = EntityTag.newDigest();
    private ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private long length;
    private boolean includeInTag = true;

    /**
     * Makes an empty buffer without a maximum.
     *
     * @param name the name of the content; the same bytes under another name have another tag
     */
    public TaggedBuffer(String name) {
        this(name, Integer.MAX_VALUE);
    }

    TaggedBuffer(String name, int maxBytes) {
        this.maxBytes = maxBytes;
        digest.update(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads all of a content, and keeps it if it has no more than {@code maxBytes}. */
    static TaggedBuffer of(StreamingOutput content, int maxBytes) {
        return new TaggedBuffer("", maxBytes).fill(content);
    }

    /** Writes all of a content to this buffer. */
    public TaggedBuffer fill(StreamingOutput content) {
        try {
            content.writeTo(this);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory failed", impossible);
        }
        return this;
    }

    /** Sets whether the bytes that follow are part of the tag. */
    public void includeInTag(boolean included) {
        includeInTag = included;
    }

    @Override
    public void tagBy(String text) {
        includeInTag = false;
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(int value) {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int size) {
        if (includeInTag) {
            digest.update(bytes, start, size);
        }
        if (fits(size)) {
            buffer.write(bytes, start, size);
        } else {
            buffer = new ByteArrayOutputStream(0);
        }
        length += size;
    }

    /** Whether the buffer keeps its bytes if so many follow. */
    boolean fits(int size) {
        return length + size <= maxBytes;
    }

    /** Passes the kept bytes on. */
    void drainTo(OutputStream out) throws IOException {
        buffer.writeTo(out);
        buffer = new ByteArrayOutputStream(0);
    }

    long length() {
        return length;
    }

    /** The tag of the content. It can be called once, at the end. */
    EntityTag tag() {
        return EntityTag.of(digest);
    }

    /** The content, unless it is longer than the maximum. */
    Optional<byte[]> bytes() {
        return fits(0) ? Optional.of(buffer.toByteArray()) : Optional.empty();
    }

    /** The response with this content. It can be called once, at the end. */
    public Response toResponse(ServerRequest request, RepresentationHeaders headers) {
        var representation = new InMemoryRepresentation(tag(), buffer.toByteArray(), headers)
                .select(request.headers(), out -> buffer.writeTo(out));
        return RequestContext.addServerTiming(request, representation.responseTo(request.headers()));
    }
}
