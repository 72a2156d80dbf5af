package coworking.analytics.application.tck;

import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberPosition;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random arguments of calls, the same for the same contents: the seed of a history is enough to repeat a failure. */
final class RandomArguments {

    private static final List<DayStart> DAY_STARTS = Stream.of("00:00", "04:00", "04:30", "23:59").map(LocalTime::parse).map(DayStart::new)
            .toList();

    private static final List<LocalDateTime> TIMES_OF_NO_STORE = Stream.of(
            "-999999999-01-01T00:00:00",
            "-9999-01-01T00:00:00",
            "0000-12-31T04:00:00",
            "+10000-01-01T04:00:00",
            "+19999-12-31T00:00:00",
            "+999999999-12-31T23:59:59.999999999").map(LocalDateTime::parse).toList();

    private static final int MAX_VISITS = 5;
    private static final int MAX_SPANS = 4;

    private final Random random;

    /** Wall times to compare stored times with: those that show them, the adjacent ones, and times that no store holds. */
    private final List<LocalDateTime> times;
    private final List<LocalDate> days;
    private final List<Instant> moments;

    RandomArguments(StoreContents contents, SpaceClock clock) {
        random = new Random(contents.hashCode());
        var shown = RandomHistory.TIMES.stream().map(clock::wallOf).toList();
        times = Stream.concat(
                shown.stream().flatMap(time -> Stream.of(
                        time, time, time, time.minusNanos(1), time.plusNanos(1), time.plusNanos(1_000), time.plus(Duration.ofHours(4)))),
                TIMES_OF_NO_STORE.stream()).toList();
        days = Stream.concat(
                shown.stream().map(LocalDateTime::toLocalDate).flatMap(day -> Stream.of(day.minusDays(1), day, day.plusDays(1))),
                Stream.of(LocalDate.of(-9999, 1, 1), LocalDate.of(19_999, 12, 31))).toList();
        moments = RandomHistory.TIMES.stream().map(clock::momentOf)
                .flatMap(moment -> Stream.of(moment, moment.plusNanos(1), moment.plusNanos(1_000))).toList();
    }

    DayStart dayStart() {
        return oneOf(DAY_STARTS);
    }

    Interval interval() {
        return random.nextBoolean() ? Interval.WEEK : Interval.MONTH;
    }

    /** Often all dates. */
    DateRange range() {
        var two = random.nextBoolean()
                ? Stream.of(days.getFirst(), days.getLast())
                : Stream.of(oneOf(days), oneOf(days));
        var ascending = two.sorted().toList();
        return new DateRange(ascending.getFirst(), ascending.getLast());
    }

    /** Often all time. */
    TimeSpan span() {
        return random.nextInt(3) == 0 ? SnapshotCall.ALL_TIME : spans(1).getFirst();
    }

    /** Sometimes cut at a moment. */
    TimeSpan cutSpan() {
        return perhapsCut(span());
    }

    Instant moment() {
        return oneOf(moments);
    }

    List<TimeSpan> cutSpans() {
        return spans().stream().map(this::perhapsCut).toList();
    }

    private TimeSpan perhapsCut(TimeSpan span) {
        return random.nextInt(3) == 0 ? new TimeSpan(span.from(), span.to(), Optional.of(oneOf(moments))) : span;
    }

    private List<TimeSpan> spans() {
        return spans(random.nextInt(MAX_SPANS + 1));
    }

    private List<TimeSpan> spans(int count) {
        var bounds = Stream.generate(() -> oneOf(times)).limit(2L * count).sorted().toList();
        return IntStream.range(0, count).mapToObj(number -> new TimeSpan(bounds.get(2 * number), bounds.get(2 * number + 1))).toList();
    }

    MemberVisitsCriteria memberVisitsCriteria() {
        return new MemberVisitsCriteria(
                perhaps(span()),
                oneOf(List.of(CountedTokens.values())),
                perhaps(random.nextBoolean()),
                1 + random.nextInt(3),
                oneOf(List.of(MemberOrder.values())),
                perhaps(tokenId()).map(OptionalLong::of).orElse(OptionalLong.empty()),
                perhaps(new MemberPosition(1 + random.nextInt(MAX_VISITS), userId())),
                random.nextBoolean());
    }

    Optional<VisitPosition> visitPosition() {
        return perhaps(new VisitPosition(oneOf(RandomHistory.TIMES), tokenId()));
    }

    OptionalLong afterUser() {
        return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(userId());
    }

    long userId() {
        return oneOf(RandomHistory.USERS);
    }

    boolean nextBoolean() {
        return random.nextBoolean();
    }

    /** How many rows to read. */
    int maxRows() {
        return random.nextBoolean() ? SnapshotCall.NO_LIMIT : 1 + random.nextInt(4);
    }

    private long tokenId() {
        return random.nextInt(RandomHistory.TOKENS);
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> Optional<T> perhaps(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }
}
