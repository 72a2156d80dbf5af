package coworking.analytics.application;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.WrongCursor;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.RequestedDays.Rolling;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CursorTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-03-10T12:00");
    private static final Asked ASKED = new Asked(Rolling.ALL, DayStart.MIDNIGHT, NOON);
    private static final Place<Long> PLACE = new Place<>(true, new Days(LocalDate.MIN, LocalDate.MAX), -7L);

    private final Cursor cursor = Cursor.of(ASKED, "users", 3);

    @Property
    void bringsBackWhereAPageHasEnded(@ForAll boolean isOfAllDays, @ForAll int day, @ForAll @IntRange(min = 0) int more,
            @ForAll long user) {
        var first = LocalDate.ofEpochDay(day / 10);
        var place = new Place<>(isOfAllDays, new Days(first, first.plusDays(more / 10)), user);

        assertThat(read(cursor, letters(place))).isEqualTo(place);
    }

    @Property
    void isAWordOfAUrl(@ForAll long user) {
        assertThat(letters(new Place<>(true, PLACE.days(), user))).matches("[A-Za-z0-9._-]{1,100}");
    }

    /** A question is the same in the next minute, and in another process. */
    @Example
    void isOfItsQuestionWheneverThatIsAsked() {
        var later = new Asked(ASKED.days(), ASKED.dayStart(), NOON.plusMinutes(1));

        assertThat(read(Cursor.of(later, "users", 3), letters(PLACE))).isEqualTo(PLACE);
        assertThat(letters(PLACE)).isEqualTo("AQAAAAAAAAAB____qvXOwyYAAABVChtI9__________5tMAyd_h9oyU");
    }

    @Example
    void isOfNoOtherQuestion() {
        var otherDays = new Asked(Rolling.YEAR_TO_DATE, ASKED.dayStart(), NOON);
        var otherStart = new Asked(ASKED.days(), new DayStart(LocalTime.of(4, 0)), NOON);

        assertWrong(Cursor.of(ASKED, "users", 4), letters(PLACE));
        assertWrong(Cursor.of(ASKED, "visits", 3), letters(PLACE));
        assertWrong(Cursor.of(otherDays, "users", 3), letters(PLACE));
        assertWrong(Cursor.of(otherStart, "users", 3), letters(PLACE));
    }

    @Property
    void isNothingThatSomebodyMadeUp(@ForAll String letters) {
        assertWrong(cursor, letters);
    }

    @Property
    void isNoBytesThatSomebodyMadeUp(@ForAll byte[] bytes) {
        assertWrong(cursor, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Property
    void isWrongWhereOneLetterIs(@ForAll @IntRange(max = 54) int at, @ForAll @IntRange(min = 1, max = 127) int other) {
        var letters = new StringBuilder(letters(PLACE));
        letters.setCharAt(at, (char) (letters.charAt(at) ^ other));

        assertWrong(cursor, letters.toString());
    }

    @Example
    void isWrongWhereItIsCutOrContinued() {
        var letters = letters(PLACE);

        for (var length = 0; length < letters.length(); length++) {
            assertWrong(cursor, letters.substring(0, length));
        }
        assertWrong(cursor, letters + "A");
        assertWrong(cursor, letters + "=");
    }

    @Example
    void isWrongWhereItsNumbersMeanNothing() {
        assertThatThrownBy(() -> cursor.read(letters(PLACE), 1, numbers -> LocalDateTime.ofEpochSecond(0, (int) numbers[0], UTC)))
                .isInstanceOf(WrongCursor.class);
    }

    private String letters(Place<Long> place) {
        return cursor.at(place, user -> new long[]{user});
    }

    private static Place<Long> read(Cursor cursor, String letters) {
        return cursor.read(letters, 1, numbers -> numbers[0]);
    }

    private static void assertWrong(Cursor cursor, String letters) {
        assertThatThrownBy(() -> read(cursor, letters)).isExactlyInstanceOf(WrongCursor.class);
    }
}
