package coworking.analytics.domain.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class PackedLongsTest {

    @Property
    void givesBackAnyNumbers(@ForAll @Size(min = 1, max = 50) long[] numbers) {
        assertThat(read(new PackedLongs(numbers, numbers.length), numbers.length)).containsExactly(numbers);
    }

    @Property
    void givesBackNumbersAnyDistanceApart(@ForAll long least, @ForAll long distance) {
        var numbers = new long[]{least, least + distance};

        assertThat(read(new PackedLongs(numbers, 2), 2)).containsExactly(numbers);
    }

    @Example
    void takesAsManyBytesANumberAsTheGreatestDistanceNeeds() {
        assertThat(bytesOf(7, 7)).isZero();
        assertThat(bytesOf(-1, 254)).isEqualTo(1);
        assertThat(bytesOf(-1, 255)).isEqualTo(2);
        assertThat(bytesOf(1_000_000_000_000L, 1_000_000_065_535L)).isEqualTo(2);
        assertThat(bytesOf(-1, 999_999_999)).isEqualTo(4);
        assertThat(bytesOf(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(8);
    }

    @Example
    void ignoresWhatStandsBehindItsLastNumber() {
        assertThat(new PackedLongs(new long[]{1, 2, 99}, 2)).isEqualTo(new PackedLongs(new long[]{1, 2}, 2));
    }

    @Example
    void differsWhereANumberDiffers() {
        var column = column(1, 2);

        assertThat(column).isEqualTo(column(1, 2)).hasSameHashCodeAs(column(1, 2));
        assertThat(column).isNotEqualTo(column(2, 3)).isNotEqualTo(column(1, 3)).isNotEqualTo(column(1, 2, 2)).isNotEqualTo("1");
    }

    private static int bytesOf(long least, long greatest) {
        return column(least, greatest).bytesPerValue();
    }

    private static PackedLongs column(long... numbers) {
        return new PackedLongs(numbers, numbers.length);
    }

    private static long[] read(PackedLongs column, int size) {
        return IntStream.range(0, size).mapToLong(column::get).toArray();
    }
}
