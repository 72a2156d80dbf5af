package coworking.analytics.rest.v1.request;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.application.port.in.PageToken;
import coworking.analytics.application.port.in.SpaceAnalytics.DormancyCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria.UserVisitsOrder;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsPosition;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.RequestedRange;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import coworking.analytics.rest.http.ProblemException;
import coworking.analytics.rest.v1.request.PageTokenCodec.PositionFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class PageTokenCodecTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-03-10T12:00");
    private static final ReportScope SCOPE = new ReportScope(NamedRange.ALL, DayStart.MIDNIGHT, NOON);
    private static final DayStart FOUR_O_CLOCK = new DayStart(LocalTime.of(4, 0));
    private static final PageToken<Long> TOKEN = new PageToken<>(true, new DateRange(LocalDate.MIN, LocalDate.MAX), -7L, Optional.empty());

    private final PageTokenCodec<Long> codec = users(SCOPE, 3);

    @Property
    void bringsBackWhereAPageHasEnded(@ForAll boolean isOfAllDays, @ForAll int day, @ForAll @IntRange(min = 0) int more,
            @ForAll long user, @ForAll @AlphaChars @StringLength(max = 40) String version) {
        var first = LocalDate.ofEpochDay(day / 10);
        var place = new PageToken<>(isOfAllDays, new DateRange(first, first.plusDays(more / 10)), user,
                Optional.of(version).filter(text -> !text.isEmpty()));

        assertThat(read(codec, letters(place))).isEqualTo(place);
    }

    @Property
    void isAWordOfAUrl(@ForAll long user) {
        assertThat(letters(new PageToken<>(true, TOKEN.range(), user, Optional.empty()))).matches("[A-Za-z0-9._-]{1,100}");
    }

    /** A question is the same in the next minute, and in another process. */
    @Example
    void isOfItsQuestionWheneverThatIsAsked() {
        var later = new ReportScope(SCOPE.range(), SCOPE.dayStart(), NOON.plusMinutes(1));

        assertThat(read(users(later, 3), letters(TOKEN))).isEqualTo(TOKEN);
        assertThat(letters(TOKEN)).isEqualTo("AQAAAAAAAAAB____qvXOwyYAAABVChtI9__________5tMAyd_h9oyU");
    }

    @Example
    void isOfNoOtherQuestion() {
        var otherDays = new ReportScope(NamedRange.YEAR_TO_DATE, SCOPE.dayStart(), NOON);
        var otherStart = new ReportScope(SCOPE.range(), new DayStart(LocalTime.of(4, 0)), NOON);

        assertWrong(users(SCOPE, 4), letters(TOKEN));
        assertWrong(PageTokenCodec.of(PositionFormat.USER_ID, SCOPE, "visits", "3"), letters(TOKEN));
        assertWrong(users(otherDays, 3), letters(TOKEN));
        assertWrong(users(otherStart, 3), letters(TOKEN));
    }

    @Property
    void isNothingThatSomebodyMadeUp(@ForAll String letters) {
        assertWrong(codec, letters);
    }

    @Property
    void isNoBytesThatSomebodyMadeUp(@ForAll byte[] bytes) {
        assertWrong(codec, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Property
    void isWrongWhereOneLetterIs(@ForAll @IntRange(max = 54) int at, @ForAll @IntRange(min = 1, max = 127) int other) {
        var letters = new StringBuilder(letters(TOKEN));
        letters.setCharAt(at, (char) (letters.charAt(at) ^ other));

        assertWrong(codec, letters.toString());
    }

    @Example
    void isWrongWhereItIsCutOrContinued() {
        var letters = letters(TOKEN);

        for (var length = 0; length < letters.length(); length++) {
            assertWrong(codec, letters.substring(0, length));
        }
        assertWrong(codec, letters + "A");
        assertWrong(codec, letters + "=");
    }

    @Example
    void isWrongWhereItsNumbersMeanNothing() {
        var ofSeconds = new PositionFormat<LocalDateTime>(1, at -> new long[]{0},
                numbers -> LocalDateTime.ofEpochSecond(0, (int) numbers[0], UTC));

        assertThatThrownBy(() -> PageTokenCodec.of(ofSeconds, SCOPE, "users", "3").decode(letters(TOKEN)))
                .isExactlyInstanceOf(ProblemException.class);
    }

    /** Tokens that the service gave out before this class had its name. */
    @Example
    void isWrittenAsItAlwaysWas() {
        var dates = fixed("2026-03-01", "2026-03-05");
        var byMost = new UserVisitsCriteria(false, Optional.empty(), 1, UserVisitsOrder.MOST_VISITS, false);
        var byFewest = new UserVisitsCriteria(true, Optional.of(true), 3, UserVisitsOrder.FEWEST_VISITS, true);
        var byId = new UserVisitsCriteria(false, Optional.of(false), 1, UserVisitsOrder.ID, false);

        assertUserVisits(NamedRange.ALL, DayStart.MIDNIGHT, byMost,
                "AQAAAAAAAAABAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAJAAAAAAAAAAcAAAAAAAAAYyAW1PJlXbpT");
        assertUserVisits(dates, FOUR_O_CLOCK, byFewest, "AQAAAAAAAAAAAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAJAAAAAAAAAAcAAAAAAAAAY3OXYjCO_1TI");
        assertUserVisits(dates, DayStart.MIDNIGHT, byMost, "AQAAAAAAAAAAAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAJAAAAAAAAAAcAAAAAAAAAY4uipyPL5TaM");
        assertUserVisits(NamedRange.LAST_28_DAYS, DayStart.MIDNIGHT, byId,
                "AQAAAAAAAAAAAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAJAAAAAAAAAAcAAAAAAAAAY-uI6x-dBcD5");

        assertDormant(NamedRange.ALL, DayStart.MIDNIGHT, new DormancyCriteria(2.0, 3, false),
                "AQAAAAAAAAABAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAHRDurSM4154A");
        assertDormant(fixed("2026-03-01", ""), FOUR_O_CLOCK, new DormancyCriteria(0.001, 2, true),
                "AQAAAAAAAAAAAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAH423EjmzQSas");
        assertDormant(NamedRange.LAST_12_MONTHS, DayStart.MIDNIGHT, new DormancyCriteria(100, 1_000, false),
                "AQAAAAAAAAAAAAAAAAAAUCEAAAAAAABQJQAAAAAAAAAHiPEDt51uE2k");

        assertVisits(NamedRange.ALL, DayStart.MIDNIGHT, 7, false,
                "AQAAAAAAAAABAAAAAAAAUCEAAAAAAABQJQAAAABpmsfoAAAAAAcnDgAAAAAAAAAADNVDMdbzNjgo");
        assertVisits(fixed("", "2026-03-05"), FOUR_O_CLOCK, -4711, true,
                "AQAAAAAAAAAAAAAAAAAAUCEAAAAAAABQJQAAAABpmsfoAAAAAAcnDgAAAAAAAAAADFplzdbQCI3S");
        assertVisits(NamedRange.MONTH_TO_DATE, DayStart.MIDNIGHT, 7, false,
                "AQAAAAAAAAAAAAAAAAAAUCEAAAAAAABQJQAAAABpmsfoAAAAAAcnDgAAAAAAAAAADGf9yRyu8Jxz");
    }

    private static void assertUserVisits(RequestedRange range, DayStart dayStart, UserVisitsCriteria criteria, String text) {
        assertForm(PageTokenCodec.forUserVisits(new ReportScope(range, dayStart, NOON), criteria), range, new UserVisitsPosition(9, 7, 99),
                text);
    }

    private static void assertDormant(RequestedRange range, DayStart dayStart, DormancyCriteria criteria, String text) {
        assertForm(PageTokenCodec.forDormantMembers(new ReportScope(range, dayStart, NOON), criteria), range, 7L, text);
    }

    private static void assertVisits(RequestedRange range, DayStart dayStart, long userId, boolean withName, String text) {
        var position = new VisitPosition(LocalDateTime.parse("2026-02-22T09:10:00.12"), 12);
        assertForm(PageTokenCodec.forVisitsOfUser(new ReportScope(range, dayStart, NOON), userId, withName), range, position, text);
    }

    private static <P> void assertForm(PageTokenCodec<P> codec, RequestedRange range, P position, String text) {
        var dates = new DateRange(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-05"));
        var token = new PageToken<>(range == NamedRange.ALL, dates, position, Optional.empty());

        assertThat(codec.encode(token)).isEqualTo(text);
        assertThat(codec.decode(text)).isEqualTo(token);
    }

    /** A token of one request is no token of another. */
    @Example
    void isOfItsOwnReportOnly() {
        var most = new UserVisitsCriteria(false, Optional.empty(), 1, UserVisitsOrder.MOST_VISITS, false);
        var fewest = new UserVisitsCriteria(false, Optional.empty(), 1, UserVisitsOrder.FEWEST_VISITS, false);
        var text = PageTokenCodec.forUserVisits(SCOPE, most)
                .encode(new PageToken<>(true, TOKEN.range(), new UserVisitsPosition(1, 1, 2), Optional.of("v1")));
        var otherRange = new ReportScope(NamedRange.LAST_7_DAYS, SCOPE.dayStart(), NOON);

        assertThat(PageTokenCodec.forUserVisits(new ReportScope(SCOPE.range(), SCOPE.dayStart(), NOON.plusDays(84)), most).decode(text)
                .position()).isEqualTo(new UserVisitsPosition(1, 1, 2));
        assertWrong(PageTokenCodec.forUserVisits(SCOPE, fewest), text);
        assertWrong(PageTokenCodec.forUserVisits(otherRange, most), text);
        assertWrong(PageTokenCodec.forDormantMembers(SCOPE, new DormancyCriteria(2, 3, false)), text);
        assertWrong(PageTokenCodec.forVisitsOfUser(SCOPE, 1, false), text);
    }

    private static FixedRange fixed(String from, String to) {
        return new FixedRange(date(from), date(to));
    }

    private static Optional<LocalDate> date(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty()).map(LocalDate::parse);
    }

    private static PageTokenCodec<Long> users(ReportScope scope, int criteria) {
        return PageTokenCodec.of(PositionFormat.USER_ID, scope, "users", String.valueOf(criteria));
    }

    private String letters(PageToken<Long> token) {
        return codec.encode(token);
    }

    private static PageToken<Long> read(PageTokenCodec<Long> codec, String letters) {
        return codec.decode(letters);
    }

    private static void assertWrong(PageTokenCodec<?> codec, String letters) {
        assertThatThrownBy(() -> codec.decode(letters)).isExactlyInstanceOf(ProblemException.class);
    }
}
