package coworking.analytics.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.WrongCursor;
import coworking.analytics.domain.Days;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Writes a {@link Place} in letters that mean nothing to anybody else, bound to one question by a checksum. The checksum keeps mistakes
 * out, not forgers: a forged cursor shows nothing that its forger may not ask for.
 *
 * @param question the question in words that are the same whenever and wherever it is asked
 */
record Cursor(String question) {

    private static final byte VERSION = 1;
    private static final int DAYS = 3;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /** The cursor of a question. What may differ from page to page is not in its words: the moment, and how long a page is. */
    static Cursor of(Asked asked, Object... words) {
        return new Cursor(List.of(asked.days(), asked.dayStart(), List.of(words)).toString());
    }

    /**
     * Where a page ended.
     *
     * @param position tells the position in numbers, always as many
     */
    <P> String at(Place<P> place, Function<P, long[]> position) {
        var days = LongStream.of(place.isOfAllDays() ? 1 : 0, place.days().first().toEpochDay(), place.days().last().toEpochDay());
        return letters(LongStream.concat(days, LongStream.of(position.apply(place.position()))).toArray());
    }

    /**
     * What a cursor says.
     *
     * @param count in how many numbers the position was told
     * @param position understands them; may fail where they mean nothing
     * @throws WrongCursor where {@link #at} did not make it for this question, or it means nothing
     */
    <P> Place<P> read(String cursor, int count, Function<long[], P> position) {
        try {
            return place(numbers(cursor, DAYS + count), position);
        } catch (DateTimeException | IllegalArgumentException meaningless) {
            throw new WrongCursor();
        }
    }

    private static <P> Place<P> place(long[] numbers, Function<long[], P> position) {
        var days = new Days(LocalDate.ofEpochDay(numbers[1]), LocalDate.ofEpochDay(numbers[2]));
        return new Place<>(numbers[0] == 1, days, position.apply(Arrays.copyOfRange(numbers, DAYS, numbers.length)));
    }

    private long[] numbers(String cursor, int count) {
        var bytes = ByteBuffer.wrap(DECODER.decode(cursor));
        require(bytes.capacity() == 1 + (count + 1) * Long.BYTES);
        var numbers = LongStream.range(0, count).map(number -> bytes.getLong((int) (1 + number * Long.BYTES))).toArray();
        require(letters(numbers).equals(cursor));
        return numbers;
    }

    private static void require(boolean isRight) {
        if (!isRight) {
            throw new WrongCursor();
        }
    }

    private String letters(long... numbers) {
        var bytes = ByteBuffer.allocate(1 + (numbers.length + 1) * Long.BYTES).put(VERSION);
        LongStream.of(numbers).forEach(bytes::putLong);
        return ENCODER.encodeToString(bytes.putLong(checksum(bytes)).array());
    }

    /** FNV-1a in 64 bits, of the question and of the bytes so far. */
    private long checksum(ByteBuffer bytes) {
        var sum = 0xcbf29ce484222325L;
        for (var letter : question.getBytes(UTF_8)) {
            sum = mixed(sum, letter);
        }
        for (var at = 0; at < bytes.position(); at++) {
            sum = mixed(sum, bytes.get(at));
        }
        return sum;
    }

    private static long mixed(long sum, byte next) {
        return (sum ^ Byte.toUnsignedLong(next)) * 0x100000001b3L;
    }
}
