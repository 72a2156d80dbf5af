package coworking.analytics.domain.report;

import coworking.analytics.domain.fact.TokenFeed;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.RequestedRange;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reader of a report might misunderstand, in whole sentences. */
public final class ReportNotes {

    private static final String IF_CHANGED = " A row whose place in the order has changed may be missing or appear twice; "
            + "in an order by id there is none, and an export has one state of the data.";

    private ReportNotes() {}

    /** For any report: the range is empty, or has days in the future. */
    public static List<String> forRange(Optional<DateRange> range, LocalDate today) {
        return range.map(some -> forFutureDays(some.last(), today))
                .orElse(List.of(
                        "There are no days to report on: the range has an open end, and there is nothing to tell where it is, or the other end lies "
                                + "beyond it."));
    }

    /** For any report: the data end before its days do, or tokens have dates that cannot be right. */
    public static List<String> forFeed(RequestedRange requested, Optional<DateRange> range, TokenFeed feed, AsOf asOf) {
        var isOpen = requested == NamedRange.ALL || (requested instanceof FixedRange fixed && fixed.from().isEmpty());
        return collect(Stream.of(
                range.flatMap(days -> forDaysWithoutData(days, feed, asOf)),
                noteIf(
                        feed.ahead() > 0 && range.filter(days -> !asOf.isOver(days)).isPresent(),
                        count(feed.ahead(), "token is", "tokens are")
                                + " dated later than now, by a clock that is ahead or is in another time zone "
                                + "than was assumed."),
                noteIf(
                        feed.implausible() > 0 && isOpen,
                        count(feed.implausible(), "token has", "tokens have")
                                + " an implausible date. A range with an open end leaves them out; "
                                + "the report on data quality names them.")));
    }

    private static Optional<String> forDaysWithoutData(DateRange range, TokenFeed feed, AsOf asOf) {
        return feed.dataUntil().flatMap(until -> {
            var newest = asOf.dayStart().dayOf(until.toLocalDateTime());
            var yesterday = asOf.today().minusDays(1);
            var last = range.last().isBefore(yesterday) ? range.last() : yesterday;
            var first = range.first().isAfter(newest) ? range.first() : newest.plusDays(1);
            return noteIf(!first.isAfter(last), "The data end on " + newest + ": from " + first + " to " + last
                    + " there is no token, because the space was empty or because no data came.");
        });
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /**
     * For a page after the first.
     *
     * @param first the version of the data of the first page; empty if it is not known
     * @param present the version of the data of this page; empty if it is not known
     */
    public static List<String> forLaterPage(Optional<String> first, Optional<String> present) {
        if (first.isEmpty() || present.isEmpty()) {
            return List.of("It is not known whether the data have changed since the first page." + IF_CHANGED);
        }
        return collect(Stream.of(noteIf(
                !first.equals(present),
                "The data have changed since the first page, whose version was " + first.get() + "." + IF_CHANGED)));
    }

    private static List<String> forFutureDays(LocalDate lastDay, LocalDate today) {
        return collect(Stream.of(noteIf(
                lastDay.isAfter(today),
                "The last day, " + lastDay + ", is yet to come; today is " + today
                        + ". Tokens that are dated later than that were written by a clock that is ahead.")));
    }

    /**
     * For a series.
     *
     * @param extent from the first day with a token to the last; empty if there is none, or nothing is compared
     */
    public static List<String> forUsageSeries(
            DateRange range, Interval interval, GapFill fill, ComparisonMode comparison, Optional<DateRange> extent) {
        var periods = range.isLong() ? List.of(range) : interval.split(range);
        var notes = ComparisonOffset.ofIntervals(comparison, interval, range)
                .map(offset -> new ComparisonNotes(range, comparison, offset, periods).sentences(extent))
                .orElse(List.of());
        return Stream.concat(longRangeNote(range).filter(sentence -> fill == GapFill.ZERO).stream(), notes.stream()).toList();
    }

    /**
     * For a summary.
     *
     * @param extent as for {@link #forUsageSeries}
     */
    public static List<String> forSummary(DateRange range, ComparisonMode comparison, Optional<DateRange> extent) {
        return ComparisonOffset.ofRange(comparison, range)
                .map(offset -> new ComparisonNotes(range, comparison, offset, List.of(range)).sentences(extent))
                .orElse(List.of());
    }

    /** For arrivals. */
    public static List<String> forArrivals(DateRange range, boolean isAverage, AsOf asOf) {
        var dayStart = asOf.dayStart().at();
        return collect(Stream.of(
                noteIf(
                        isAverage && !asOf.isOver(range),
                        "The days are not over: the average counts the one that runs, and those to come, as whole days."),
                noteIf(
                        dayStart.getMinute() != 0,
                        "Days begin at " + dayStart + ", so the hour " + dayStart.getHour()
                                + " of a day is what is left of it after that, and its beginning on the next morning.")));
    }

    /** For membership growth. */
    public static List<String> forMembershipGrowth(Optional<DateRange> range, MembershipGrowth growth) {
        return collect(Stream.of(
                range.flatMap(ReportNotes::longRangeNote),
                noteIf(
                        growth.undated() > 0,
                        "Of " + growth.undated() + " users it was not recorded when they joined: they are in no interval.")));
    }

    /** For retention. */
    public static List<String> forRetention(DateRange range, Interval interval) {
        var around = interval.expandToWhole(range);
        return collect(Stream.of(noteIf(
                !around.equals(range),
                "Cohorts are never cut: they are those of " + around.first() + " to " + around.last() + ".")));
    }

    /** For dormant members, whose absences last until {@code lastDay}. */
    public static List<String> forDormantMembers(DateRange range, LocalDate lastDay, LocalDate today) {
        return collect(Stream.of(
                noteIf(
                        lastDay.isBefore(today),
                        "Visits after " + lastDay + " were not looked at: this is who was dormant on that day."),
                noteIf(
                        range.last().isBefore(lastDay),
                        "The last token is of " + range.last() + ", but absences last until today, " + lastDay + ".")));
    }

    private static Optional<String> longRangeNote(DateRange range) {
        return noteIf(range.isLong(), "The days are more than ten years: intervals in which nothing happened are left out.");
    }

    static Optional<String> noteIf(boolean applies, String sentence) {
        return Optional.of(sentence).filter(some -> applies);
    }

    static List<String> collect(Stream<Optional<String>> sentences) {
        return sentences.flatMap(Optional::stream).toList();
    }
}
