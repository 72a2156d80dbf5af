package coworking.analytics.domain;

import java.util.Arrays;

/**
 * Numbers that take as few bytes as they differ by: each is kept as its distance from the least of them (frame of reference).
 * Immutable; of two columns with as many rows, those with the same numbers are equal.
 */
final class Column {

    private final long least;
    private final int width;
    private final byte[] distances;

    /** Packs the first {@code size} numbers, at least one. */
    Column(long[] numbers, int size) {
        var range = Arrays.stream(numbers, 0, size).summaryStatistics();
        least = range.getMin();
        width = bytesFor(range.getMax() - least);
        distances = new byte[size * width];
        for (int row = 0; row < size; row++) {
            pack(numbers[row] - least, row * width);
        }
    }

    /** Distances are unsigned: that of the least from the greatest number has 64 bits. */
    private static int bytesFor(long distance) {
        return (Long.SIZE - Long.numberOfLeadingZeros(distance) + Byte.SIZE - 1) / Byte.SIZE;
    }

    private void pack(long distance, int start) {
        for (int i = 0; i < width; i++) {
            distances[start + i] = (byte) (distance >>> (i * Byte.SIZE));
        }
    }

    long get(int row) {
        long distance = 0;
        for (int i = width - 1; i >= 0; i--) {
            distance = (distance << Byte.SIZE) | Byte.toUnsignedLong(distances[row * width + i]);
        }
        return least + distance;
    }

    /** The bytes that each number takes, 0 to 8: none where all are the same. */
    int width() {
        return width;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Column that
                && least == that.least
                && width == that.width
                && Arrays.equals(distances, that.distances);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(least) + Arrays.hashCode(distances);
    }
}
