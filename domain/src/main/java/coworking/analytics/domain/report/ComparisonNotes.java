package coworking.analytics.domain.report;

import static coworking.analytics.domain.report.ReportNotes.collect;
import static coworking.analytics.domain.report.ReportNotes.noteIf;

import coworking.analytics.domain.report.ComparisonOffset.DayOffset;
import coworking.analytics.domain.time.DateRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a comparison compares with, where a reader might take it for something else. */
final class ComparisonNotes {

    private final DateRange range;
    private final ComparisonMode comparison;
    private final ComparisonOffset offset;
    private final List<DateRange> periods;
    private final List<Optional<DateRange>> comparisons;

    /**
     * Makes notes.
     *
     * @param range the requested dates
     * @param periods the intervals, or the range as a whole
     */
    ComparisonNotes(DateRange range, ComparisonMode comparison, ComparisonOffset offset, List<DateRange> periods) {
        this.range = range;
        this.comparison = comparison;
        this.offset = offset;
        this.periods = periods;
        this.comparisons = offset.applyToEach(periods);
    }

    /**
     * The notes, in whole sentences.
     *
     * @param extent from the first day with a token to the last; empty if there is none
     */
    List<String> sentences(Optional<DateRange> extent) {
        return collect(Stream.of(
                offset instanceof DayOffset(var dayCount) ? dayNote(dayCount) : monthNote(),
                missingNote(),
                sharedNote(),
                beginningNote(extent)));
    }

    private Optional<String> dayNote(long dayCount) {
        var between = leftOut();
        return switch (comparison) {
            case YEAR -> Optional.of("The year before is 364 days before, so that each day is compared with one of the same weekday.");
            case PREVIOUS -> noteIf(between > 0, "The time before is " + dayCount
                    + " days before, so that each day is compared with one of the same weekday; of the days between, "
                    + between + (between == 1 ? " is" : " are") + " in neither.");
            case MONTH -> Optional.of("The month before is 28 days before, so that each day is compared with one of the same weekday.");
            case WEEK, NONE -> Optional.empty();
        };
    }

    private Optional<String> monthNote() {
        var between = leftOut();
        var counted = periods(true).mapToLong(DateRange::dayCount).sum();
        var countedBefore = comparisons.stream().flatMap(Optional::stream).mapToLong(DateRange::dayCount).sum();
        return Optional.of("Whole months are compared with whole months, and other days of a month with as many; weekdays may differ."
                + (counted == countedBefore ? "" : " These are " + counted + " days, and " + countedBefore + " days before.")
                + (between == 0 ? "" : " Of the days before, " + between + (between == 1 ? " is" : " are") + " in neither."));
    }

    /** How many days before the range are in no period: all from the first comparison on, or those between comparisons. */
    private long leftOut() {
        var found = comparisons.stream().flatMap(Optional::stream).toList();
        if (found.isEmpty()) {
            return 0;
        }
        var end = comparison == ComparisonMode.PREVIOUS ? range.first() : found.getLast().last().plusDays(1);
        var all = end.toEpochDay() - found.getFirst().first().toEpochDay();
        return all - found.stream().mapToLong(DateRange::dayCount).sum();
    }

    private Optional<String> missingNote() {
        var missing = periods(false).toList();
        return noteIf(!missing.isEmpty(), (missing.size() == 1 ? "Of the intervals 1 is" : "Of the intervals " + missing.size() + " are")
                + " compared with nothing, because no days are left for "
                + (missing.size() == 1 ? "it." : "them."));
    }

    private Stream<DateRange> periods(boolean isCompared) {
        return IntStream.range(0, periods.size()).filter(i -> comparisons.get(i).isPresent() == isCompared).mapToObj(periods::get);
    }

    private Optional<String> sharedNote() {
        var shared = periods.size() > 1
                ? Optional.<DateRange>empty()
                : comparisons.getFirst().flatMap(range::intersection);
        return shared.map(days -> "The days from " + days.first() + " to " + days.last() + " are on both sides.");
    }

    private Optional<String> beginningNote(Optional<DateRange> extent) {
        var first = comparisons.stream().flatMap(Optional::stream).map(DateRange::first).findFirst();
        return extent.map(DateRange::first)
                .filter(begin -> first.filter(begin::isAfter).isPresent())
                .map(begin -> "The data begin on " + begin + ", and the comparison on " + first.orElseThrow()
                        + ": what was before the data begin counts as nothing.");
    }
}
