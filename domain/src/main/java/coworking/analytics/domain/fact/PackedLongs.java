package coworking.analytics.domain.fact;

import java.util.Arrays;

/**
 * Numbers stored as offsets from their minimum, in as few bytes as the largest offset needs (frame of reference). Immutable; two
 * instances of the same size are equal if they hold the same numbers.
 */
final class PackedLongs {

    private final long min;
    private final int bytesPerValue;
    private final byte[] offsets;

    /** Packs the first {@code size} numbers, at least one. */
    PackedLongs(long[] numbers, int size) {
        var range = Arrays.stream(numbers, 0, size).summaryStatistics();
        min = range.getMin();
        bytesPerValue = bytesNeeded(range.getMax() - min);
        offsets = new byte[size * bytesPerValue];
        for (int row = 0; row < size; row++) {
            pack(numbers[row] - min, row * bytesPerValue);
        }
    }

    /** Offsets are unsigned: that of the greatest from the least long has 64 bits. */
    private static int bytesNeeded(long distance) {
        return (Long.SIZE - Long.numberOfLeadingZeros(distance) + Byte.SIZE - 1) / Byte.SIZE;
    }

    private void pack(long distance, int start) {
        for (int i = 0; i < bytesPerValue; i++) {
            offsets[start + i] = (byte) (distance >>> (i * Byte.SIZE));
        }
    }

    long get(int row) {
        long distance = 0;
        for (int i = bytesPerValue - 1; i >= 0; i--) {
            distance = (distance << Byte.SIZE) | Byte.toUnsignedLong(offsets[row * bytesPerValue + i]);
        }
        return min + distance;
    }

    /** The bytes per number, 0 to 8; 0 if all numbers are equal. */
    int bytesPerValue() {
        return bytesPerValue;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedLongs that
                && min == that.min
                && bytesPerValue == that.bytesPerValue
                && Arrays.equals(offsets, that.offsets);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(min) + Arrays.hashCode(offsets);
    }
}
