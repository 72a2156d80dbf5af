package coworking.analytics.postgres;

import coworking.analytics.domain.TimeSpan;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rows lie within some spans by the time in one of their columns, as a condition that an index on that column can answer.
 *
 * @param column the column, or another expression in SQL
 * @param condition true for these rows
 * @param values of the parameters in the condition
 * @param moment the column's moment where the condition holds, its infinities moved to where they count
 */
record Within(String column, String condition, List<String> values, String moment) {

    /** From here on one long stretch costs less than to look up each. */
    private static final int MOST_STRETCHES = 8;

    static Within span(String column, TimeSpan span) {
        return spans(column, List.of(span));
    }

    /** Within any of some spans, which ascend and are apart from each other; there is at least one. Maybe in gaps between them as well. */
    static Within spans(String column, List<TimeSpan> spans) {
        var stretches = stretches(spans);
        var infinities = infinities(column, stretches);
        var condition = Stream.concat(
                stretches.stream().map(stretch -> "%1$s >= ?::timestamp AND %1$s < ?::timestamp".formatted(column)), infinities.stream())
                .collect(Collectors.joining(" OR ", "(", ")"));
        var values = stretches.stream().flatMap(stretch -> Stream.of(Moments.text(stretch.from()), Moments.text(stretch.to()))).toList();
        return new Within(column, condition, values, infinities.isEmpty() ? column : Moments.finite(column));
    }

    private static List<TimeSpan> stretches(List<TimeSpan> spans) {
        var stretches = new ArrayList<TimeSpan>();
        for (var span : spans) {
            var touches = !stretches.isEmpty() && stretches.getLast().to().equals(span.from());
            stretches.add(touches ? new TimeSpan(stretches.removeLast().from(), span.to()) : span);
        }
        return stretches.size() > MOST_STRETCHES
                ? List.of(new TimeSpan(stretches.getFirst().from(), stretches.getLast().to()))
                : stretches;
    }

    private static List<String> infinities(String column, List<TimeSpan> stretches) {
        var infinities = new ArrayList<String>();
        if (isWithin(stretches, Moments.LAST)) {
            infinities.add(column + " = 'infinity'");
        }
        if (isWithin(stretches, Moments.FIRST)) {
            infinities.add(column + " = '-infinity'");
        }
        return infinities;
    }

    private static boolean isWithin(List<TimeSpan> stretches, LocalDateTime moment) {
        return stretches.stream().anyMatch(stretch -> stretch.contains(moment));
    }
}
