package coworking.analytics.postgres.sql;

import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.connection.SqlQuery;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The condition that a timestamp column lies within some spans, in a form that an index on that column serves.
 *
 * @param name the placeholder of the condition in a statement; <code>{name.at}</code> is that of the finite timestamp
 * @param condition is true for rows within the spans
 * @param parameters the bounds of the spans
 * @param finiteColumn the column's timestamp where the condition holds, with infinities replaced by the ends of the calendar
 */
public record RangeCondition(String name, String condition, Map<String, String> parameters, String finiteColumn) {

    /** One long range costs less than so many index lookups. */
    private static final int MAX_RANGES = 8;

    /** Holds for every row. */
    public static RangeCondition everything(String name, String column) {
        return new RangeCondition(name, "true", Map.of(), TimestampSql.finite(column));
    }

    public static RangeCondition ofSpan(String name, String column, TimeSpan span) {
        return ofSpans(name, column, List.of(span));
    }

    /**
     * Holds within each of some spans, and possibly in the gaps between them.
     *
     * @param spans ascending and disjoint; at least one
     */
    public static RangeCondition ofSpans(String name, String column, List<TimeSpan> spans) {
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
        return new RangeCondition(name, conditions.stream().collect(Collectors.joining(" OR ", "(", ")")), parameters,
                infinities.isEmpty() ? column : TimestampSql.finite(column));
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
        return query.insert(name, condition).insert(name + ".at", finiteColumn).bind(parameters);
    }
}
