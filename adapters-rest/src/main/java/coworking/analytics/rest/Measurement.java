package coworking.analytics.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Optional;

/** Takes down the length and the hash of all that is written, and the bytes themselves as long as they are few. */
final class Measurement extends OutputStream {

    private final int most;
    private final MessageDigest hash = EntityTag.newHash();
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length;

    private Measurement(int most) {
        this.most = most;
    }

    /** Measures all of the content, and keeps it where it has no more bytes than {@code most}. */
    static Measurement of(Bytes content, int most) {
        var measurement = new Measurement(most);
        try {
            content.writeTo(measurement);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory refused to be written to", impossible);
        }
        return measurement;
    }

    @Override
    public void write(int value) {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int size) {
        hash.update(bytes, start, size);
        length += size;
        if (isShort()) {
            kept.write(bytes, start, size);
        } else {
            kept = new ByteArrayOutputStream(0);
        }
    }

    private boolean isShort() {
        return length <= most;
    }

    long length() {
        return length;
    }

    /** The tag of what was written; to be asked for once, at the end. */
    EntityTag tag() {
        return EntityTag.of(hash);
    }

    /** All that was written, unless it was more than is kept. */
    Optional<byte[]> bytes() {
        return isShort() ? Optional.of(kept.toByteArray()) : Optional.empty();
    }
}
