package coworking.analytics.replay;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Reads two bodies side by side to their ends, with one chunk of each in memory, and finds the first difference. */
final class BodyComparator {

    private static final int CHUNK_SIZE = 65_536;
    private static final int CONTEXT_BEFORE = 32;
    private static final int CONTEXT_AFTER = 48;

    private final ComparedBody from;
    private final ComparedBody to;
    private Optional<BodyDifference> difference = Optional.empty();

    /**
     * The first difference of two bodies.
     *
     * @param position the first byte that differs or is missing, counted from 1
     * @param from the text around it in the first body, escaped
     * @param to the text around it in the second body, escaped
     */
    record BodyDifference(long position, String from, String to) {}

    BodyComparator(ReplayExchange from, InputStream fromBody, ReplayExchange to, InputStream toBody) {
        this.from = new ComparedBody(from, fromBody);
        this.to = new ComparedBody(to, toBody);
    }

    /** Reads both in turn, so that neither waits for all of the other. To be called once. */
    void compareToEnd() {
        do {
            from.readChunk();
            to.readChunk();
            if (difference.isEmpty()) {
                difference = findDifference();
            }
        } while (from.bufferedLength > 0 || to.bufferedLength > 0);
    }

    private Optional<BodyDifference> findDifference() {
        var index = Arrays.mismatch(from.buffer, CONTEXT_BEFORE, CONTEXT_BEFORE + from.bufferedLength, to.buffer, CONTEXT_BEFORE,
                CONTEXT_BEFORE + to.bufferedLength);
        return index == -1
                ? Optional.empty()
                : Optional.of(new BodyDifference(from.totalLength - from.bufferedLength + index + 1, from.excerptAround(index),
                        to.excerptAround(index)));
    }

    ComparableResponse.BodyDigest from() {
        return from.digest();
    }

    ComparableResponse.BodyDigest to() {
        return to.digest();
    }

    Optional<BodyDifference> difference() {
        return difference;
    }

    /** One body. The buffer holds the end of the chunk before, a chunk, and room for what follows. */
    private static final class ComparedBody {

        private final ReplayExchange exchange;
        private final InputStream body;
        private final MessageDigest messageDigest = sha256();
        private final byte[] buffer = new byte[CONTEXT_BEFORE + CHUNK_SIZE + CONTEXT_AFTER];
        private long totalLength;
        private int bufferedLength;

        private ComparedBody(ReplayExchange exchange, InputStream body) {
            this.exchange = exchange;
            this.body = body;
        }

        private void readChunk() {
            System.arraycopy(buffer, bufferedLength, buffer, 0, CONTEXT_BEFORE);
            bufferedLength = 0;
            read(CHUNK_SIZE);
        }

        private void read(int max) {
            try {
                var read = body.readNBytes(buffer, CONTEXT_BEFORE + bufferedLength, max);
                messageDigest.update(buffer, CONTEXT_BEFORE + bufferedLength, read);
                bufferedLength += read;
                totalLength += read;
            } catch (IOException failure) {
                throw exchange.toException(failure);
            }
        }

        private String excerptAround(int index) {
            var start = totalLength - bufferedLength + index - CONTEXT_BEFORE;
            if (bufferedLength - index < CONTEXT_AFTER) {
                read(CONTEXT_AFTER);
            }
            var first = index + (int) Math.max(0, -start);
            var end = Math.min(CONTEXT_BEFORE + bufferedLength, CONTEXT_BEFORE + index + CONTEXT_AFTER);
            return (start > 0 ? "..." : "") + Escaped.of(buffer, first, end) + (end < CONTEXT_BEFORE + bufferedLength ? "..." : "");
        }

        private ComparableResponse.BodyDigest digest() {
            return new ComparableResponse.BodyDigest(totalLength, HexFormat.of().formatHex(messageDigest.digest()));
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
