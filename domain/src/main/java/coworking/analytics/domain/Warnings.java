package coworking.analytics.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reader of a report might get wrong, in whole sentences: for each report none, or some. */
public final class Warnings {

    private Warnings() {}

    /** Of any report: that no days were meant, or days that are yet to come. */
    public static List<String> ofDays(Optional<Days> days, LocalDate today) {
        return days.map(some -> ofComing(some.last(), today))
                .orElse(List.of(
                        "There are no days to report on: the range has an open end, and there is nothing to tell where it is, or the other end lies "
                                + "beyond it."));
    }

    private static List<String> ofComing(LocalDate lastDay, LocalDate today) {
        return said(Stream.of(when(
                lastDay.isAfter(today),
                "The last day, " + lastDay + ", is yet to come; today is " + today
                        + ". Tokens that are dated later than that were written by a clock that is ahead.")));
    }

    /** Of a series. */
    public static List<String> ofSeries(Days days, Interval interval, Fill fill, Comparison comparison) {
        return said(Stream.of(
                tooLong(days).filter(sentence -> fill == Fill.ZERO),
                when(
                        comparison != Comparison.NONE && interval == Interval.MONTH,
                        "Months are compared with whole months, which may have another number of days and of each weekday."),
                aYear(comparison).filter(sentence -> interval != Interval.MONTH),
                aGap(days, interval, comparison).filter(sentence -> interval != Interval.MONTH)));
    }

    /** Of a summary. */
    public static List<String> ofSummary(Days days, Comparison comparison) {
        return said(Stream.of(aYear(comparison), aGap(days, Interval.DAY, comparison)));
    }

    /** Of arrivals. */
    public static List<String> ofArrivals(Days days, boolean isAverage, Present present) {
        var dayStart = present.dayStart().at();
        return said(Stream.of(
                when(
                        isAverage && !present.isOver(days),
                        "The days are not over: the average counts the one that runs, and those to come, as whole days."),
                when(
                        dayStart.getMinute() != 0,
                        "Days begin at " + dayStart + ", so the hour " + dayStart.getHour()
                                + " of a day is what is left of it after that, and its beginning on the next morning.")));
    }

    /** Of the growth of membership. */
    public static List<String> ofMembership(Optional<Days> days, Membership membership) {
        return said(Stream.of(
                days.flatMap(Warnings::tooLong),
                when(
                        membership.undated() > 0,
                        "Of " + membership.undated() + " users it was not recorded when they joined: they are in no interval.")));
    }

    /** Of retention. */
    public static List<String> ofRetention(Days days, Interval interval) {
        var around = interval.around(days);
        return said(Stream.of(when(
                !around.equals(days),
                "Cohorts are never cut: they are those of " + around.first() + " to " + around.last() + ".")));
    }

    /** Of dormant members, whose absences last until {@code lastDay}. */
    public static List<String> ofDormancy(Days days, LocalDate lastDay, LocalDate today) {
        return said(Stream.of(
                when(
                        lastDay.isBefore(today),
                        "Visits after " + lastDay + " were not looked at: this is who was dormant on that day."),
                when(
                        days.last().isBefore(lastDay),
                        "The last token is of " + days.last() + ", but absences last until today, " + lastDay + ".")));
    }

    private static Optional<String> tooLong(Days days) {
        return when(days.exceedTenYears(), "The days are more than ten years: intervals in which nothing happened are left out.");
    }

    private static Optional<String> aYear(Comparison comparison) {
        return when(
                comparison == Comparison.YEAR,
                "The year before is 364 days before, so that each day is compared with one of the same weekday.");
    }

    private static Optional<String> aGap(Days days, Interval interval, Comparison comparison) {
        var shift = Shift.daysOf(days, interval);
        var between = shift - days.count();
        return when(
                comparison == Comparison.PREVIOUS && between != 0,
                "The time before is " + shift
                        + " days before, so that each day is compared with one of the same weekday; of the days between, "
                        + between + (between == 1 ? " is" : " are") + " in neither.");
    }

    private static Optional<String> when(boolean applies, String sentence) {
        return Optional.of(sentence).filter(some -> applies);
    }

    private static List<String> said(Stream<Optional<String>> sentences) {
        return sentences.flatMap(Optional::stream).toList();
    }
}
