package coworking.analytics.rest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Bytes in memory, and the tag of those among them that make a difference to who has them already. */
final class TaggedBytes extends ByteArrayOutputStream {

    private final MessageDigest hash = EntityTag.newHash();
    private boolean makesADifference = true;

    /**
     * Makes an empty one.
     *
     * @param name of what the bytes are; the same bytes by another name have another tag
     */
    TaggedBytes(String name) {
        hash.update(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Says whether it makes a difference what is written from now on. */
    void makesADifference(boolean does) {
        makesADifference = does;
    }

    @Override
    public synchronized void write(int value) {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int start, int length) {
        super.write(bytes, start, length);
        if (makesADifference) {
            hash.update(bytes, start, length);
        }
    }

    /** To be asked for once, at the end. */
    EntityTag tag() {
        return EntityTag.of(hash);
    }
}
