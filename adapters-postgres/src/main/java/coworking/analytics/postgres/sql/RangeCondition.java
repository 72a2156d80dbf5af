package coworking.analytics.postgres.sql;

import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.SpaceClock.Shift;
import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.connection.SqlQuery;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The condition that a timestamp column lies within some spans, in a form that an index on that column serves.
 *
 * @param name the placeholder of the condition in a statement. Two more placeholders stand for the column's timestamp where the condition
 *        holds, with infinities replaced by the ends of the calendar: <code>{name.stored}</code> as it is stored, and
 *        <code>{name.at}</code> as the space's wall clock showed it
 * @param condition is true for rows within the spans
 * @param parameters the bounds of the spans, and how far timestamps are shifted
 * @param finiteColumn the stored timestamp
 * @param wallColumn the timestamp on the space's wall clock
 */
public record RangeCondition(String name, String condition, Map<String, String> parameters, String finiteColumn, String wallColumn) {

    /** One long range costs less than so many index lookups. */
    private static final int MAX_RANGES = 8;

    /** Holds for every row of a column that is shown as it is stored. */
    public static RangeCondition everything(String name, String column) {
        return new RangeCondition(name, "true", Map.of(), TimestampSql.finite(column), TimestampSql.finite(column));
    }

    /** Holds for every row. */
    public static RangeCondition everything(String name, String column, SpaceClock clock) {
        return everything(name, column).shifted(clock.shifts());
    }

    /** Holds within a span of a column that is shown as it is stored. */
    public static RangeCondition ofSpan(String name, String column, TimeSpan span) {
        return ofRanges(name, column, List.of(span));
    }

    /** Holds within a span of the space's wall clock. */
    public static RangeCondition ofSpan(String name, String column, TimeSpan span, SpaceClock clock) {
        return ofSpans(name, column, List.of(span), clock);
    }

    /**
     * Holds within each of some spans of the space's wall clock, and possibly in the gaps between them.
     *
     * @param spans ascending and disjoint; at least one
     */
    public static RangeCondition ofSpans(String name, String column, List<TimeSpan> spans, SpaceClock clock) {
        if (clock.isIdentity() && spans.stream().allMatch(span -> span.before().isEmpty())) {
            return ofRanges(name, column, spans);
        }
        var stored = spans.stream().flatMap(span -> clock.storedSpans(span).stream()).sorted(Comparator.comparing(TimeSpan::from)).toList();
        return stored.isEmpty()
                ? ofStoredSpans(name, column, stored)
                : ofRanges(name, column, stored).shifted(clock.shifts(stored.getFirst().from(), stored.getLast().to()));
    }

    /**
     * Holds within each of some spans of the column, as it is stored.
     *
     * @param spans ascending and disjoint; none if no row matches
     */
    public static RangeCondition ofStoredSpans(String name, String column, List<TimeSpan> spans) {
        return spans.isEmpty() ? new RangeCondition(name, "false", Map.of(), column, column) : ofRanges(name, column, spans);
    }

    private static RangeCondition ofRanges(String name, String column, List<TimeSpan> spans) {
        var ranges = mergeAdjacent(spans);
        var conditions = new ArrayList<String>();
        var parameters = new HashMap<String, String>();
        for (var i = 0; i < ranges.size(); i++) {
            var from = name + "_from_" + i;
            var to = name + "_to_" + i;
            conditions.add(column + " >= :" + from + "::timestamp AND " + column + " < :" + to + "::timestamp");
            parameters.put(from, TimestampSql.toText(ranges.get(i).from()));
            parameters.put(to, TimestampSql.toText(ranges.get(i).to()));
        }
        var infinities = infinityConditions(column, ranges);
        conditions.addAll(infinities);
        var finiteColumn = infinities.isEmpty() ? column : TimestampSql.finite(column);
        return new RangeCondition(name, conditions.stream().collect(Collectors.joining(" OR ", "(", ")")), parameters, finiteColumn,
                finiteColumn);
    }

    /** Shifts the timestamps to the wall clock. Mostly there is one shift; a change of the clock within the range adds another. */
    private RangeCondition shifted(List<Shift> shifts) {
        if (shifts.size() == 1 && shifts.getFirst().seconds() == 0) {
            return this;
        }
        var all = new HashMap<>(parameters);
        all.put(name + "_shifts", toArray(shifts, shift -> shift.seconds() + " seconds"));
        if (shifts.size() == 1) {
            return new RangeCondition(name, condition, all, finiteColumn, finiteColumn + " + (:" + name + "_shifts::interval[])[1]");
        }
        all.put(name + "_shifts_from", toArray(shifts, shift -> TimestampSql.toText(shift.begin())));
        var index = "width_bucket(" + finiteColumn + ", :" + name + "_shifts_from::timestamp[])";
        return new RangeCondition(name, condition, all, finiteColumn,
                finiteColumn + " + (:" + name + "_shifts::interval[])[" + index + "]");
    }

    private static String toArray(List<Shift> shifts, Function<Shift, String> element) {
        return shifts.stream().map(element).collect(Collectors.joining("\",\"", "{\"", "\"}"));
    }

    private static List<TimeSpan> mergeAdjacent(List<TimeSpan> spans) {
        var ranges = new ArrayList<TimeSpan>();
        for (var span : spans) {
            var isAdjacent = !ranges.isEmpty() && ranges.getLast().to().equals(span.from());
            ranges.add(isAdjacent ? new TimeSpan(ranges.removeLast().from(), span.to()) : span);
        }
        return ranges.size() > MAX_RANGES
                ? List.of(new TimeSpan(ranges.getFirst().from(), ranges.getLast().to()))
                : ranges;
    }

    private static List<String> infinityConditions(String column, List<TimeSpan> ranges) {
        var infinities = new ArrayList<String>();
        if (isInAny(ranges, TimestampSql.INFINITY)) {
            infinities.add(column + " = 'infinity'");
        }
        if (isInAny(ranges, TimestampSql.MINUS_INFINITY)) {
            infinities.add(column + " = '-infinity'");
        }
        return infinities;
    }

    private static boolean isInAny(List<TimeSpan> ranges, LocalDateTime moment) {
        return ranges.stream().anyMatch(range -> range.contains(moment));
    }

    /** Inserts the condition and the finite timestamp into a statement, and binds the bounds. */
    public SqlQuery applyTo(SqlQuery query) {
        return query.insert(name, condition).insert(name + ".at", wallColumn).insert(name + ".stored", finiteColumn).bind(parameters);
    }
}
