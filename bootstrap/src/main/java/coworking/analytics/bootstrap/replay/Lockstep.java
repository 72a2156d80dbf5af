package coworking.analytics.bootstrap.replay;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Reads two bodies side by side to their ends, with no more than a piece of each in memory, and remembers where they part. */
final class Lockstep {

    private static final int PIECE = 65_536;
    private static final int BEFORE = 32;
    private static final int AFTER = 48;

    private final Side from;
    private final Side to;
    private Optional<Parting> parting = Optional.empty();

    /**
     * Where two bodies cease to be the same.
     *
     * @param at the first byte that differs or is missing, counted from 1
     * @param from what stands around it in the one, made visible
     * @param to the same of the other
     */
    record Parting(long at, String from, String to) {}

    Lockstep(Exchange from, InputStream fromBody, Exchange to, InputStream toBody) {
        this.from = new Side(from, fromBody);
        this.to = new Side(to, toBody);
    }

    /** Reads both. To be called once; takes from both in turn, so that none is kept waiting for the whole of the other. */
    void run() {
        do {
            from.readPiece();
            to.readPiece();
            if (parting.isEmpty()) {
                parting = compare();
            }
        } while (from.size > 0 || to.size > 0);
    }

    private Optional<Parting> compare() {
        var at = Arrays.mismatch(from.bytes, BEFORE, BEFORE + from.size, to.bytes, BEFORE, BEFORE + to.size);
        return at == -1
                ? Optional.empty()
                : Optional.of(new Parting(from.length - from.size + at + 1, from.around(at), to.around(at)));
    }

    Answer.Digest from() {
        return from.digest();
    }

    Answer.Digest to() {
        return to.digest();
    }

    Optional<Parting> parting() {
        return parting;
    }

    /** One of the two: the end of what was read before, then a piece, then room for what comes next. */
    private static final class Side {

        private final Exchange exchange;
        private final InputStream body;
        private final MessageDigest sum = sha256();
        private final byte[] bytes = new byte[BEFORE + PIECE + AFTER];
        private long length;
        private int size;

        private Side(Exchange exchange, InputStream body) {
            this.exchange = exchange;
            this.body = body;
        }

        private void readPiece() {
            System.arraycopy(bytes, size, bytes, 0, BEFORE);
            size = 0;
            read(PIECE);
        }

        private void read(int most) {
            try {
                var read = body.readNBytes(bytes, BEFORE + size, most);
                sum.update(bytes, BEFORE + size, read);
                size += read;
                length += read;
            } catch (IOException failure) {
                throw exchange.noAnswer(failure);
            }
        }

        private String around(int at) {
            var start = length - size + at - BEFORE;
            if (size - at < AFTER) {
                read(AFTER);
            }
            var first = at + (int) Math.max(0, -start);
            var end = Math.min(BEFORE + size, BEFORE + at + AFTER);
            return (start > 0 ? "..." : "") + Visible.of(bytes, first, end) + (end < BEFORE + size ? "..." : "");
        }

        private Answer.Digest digest() {
            return new Answer.Digest(length, HexFormat.of().formatHex(sum.digest()));
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException everyJavaHasIt) {
                throw new IllegalStateException(everyJavaHasIt);
            }
        }
    }
}
