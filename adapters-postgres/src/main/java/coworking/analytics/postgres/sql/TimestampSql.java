package coworking.analytics.postgres.sql;

import static java.time.temporal.ChronoUnit.MICROS;

import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * Timestamps in SQL and in the domain.
 *
 * <p>PostgreSQL returns timestamps as numbers and receives them as text, never as a {@code java.sql.Timestamp}. Every statement replaces
 * PostgreSQL's infinities by the ends of a four-digit calendar (C5) before it computes anything from them.
 */
public final class TimestampSql {

    /** The value of "infinity". */
    static final LocalDateTime INFINITY = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000);

    /** The value of "-infinity". */
    static final LocalDateTime MINUS_INFINITY = LocalDateTime.of(1, 1, 1, 0, 0);

    /** The first and the last timestamp of PostgreSQL. */
    private static final LocalDateTime MIN_TIMESTAMP = LocalDateTime.of(-4713, 11, 24, 0, 0);
    private static final LocalDateTime MAX_TIMESTAMP = LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000);

    private static final long EPOCH_2000_SECONDS = LocalDateTime.of(2000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MONTHS_PER_YEAR = 12;

    // 1970 began on a Thursday; the remainder of a negative number is negative.
    private static final String MONDAY_NUMBER = "day - ((day + 3) % 7 + 7) % 7";

    // No year is called 0: the year before the first is called -1.
    private static final String MONTH_NUMBER = """
            (date_part('year', at)::integer + (date_part('year', at) < 0)::integer) * 12 + date_part('month', at)::integer - 1
            - (date_part('day', at) = 1 AND at::time < :day_start::time)::integer""";

    private TimestampSql() {}

    /** A column's timestamp as SQL, with infinities replaced by the ends of the calendar. */
    public static String finite(String column) {
        return """
            CASE {column} WHEN 'infinity' THEN TIMESTAMP '9999-12-31 23:59:59.999999' \
            WHEN '-infinity' THEN TIMESTAMP '0001-01-01' ELSE {column} END""".replace("{column}", column);
    }

    /**
     * Reads microseconds since 2000, which is what PostgreSQL itself keeps: its last years overflow when they are counted from 1970. Statements
     * compute them as {@code (extract(epoch FROM at - TIMESTAMP '2000-01-01') * 1000000)::bigint}.
     *
     * @return empty for NULL
     */
    public static Optional<LocalDateTime> readMicros(ResultSet row, String column) throws SQLException {
        var micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(ofMicros(micros));
    }

    /** The timestamp so many microseconds after 2000. */
    static LocalDateTime ofMicros(long micros) {
        return LocalDateTime.ofEpochSecond(
                EPOCH_2000_SECONDS + Math.floorDiv(micros, MICROS_PER_SECOND),
                (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
                ZoneOffset.UTC);
    }

    /** The number of the week or month of a row with the columns "at" and "day", which {@link #firstDayOfPeriod} reads. */
    public static String periodNumber(Interval interval) {
        return interval == Interval.MONTH ? MONTH_NUMBER : MONDAY_NUMBER;
    }

    /** The first day of the week or month that {@link #periodNumber} names. */
    public static LocalDate firstDayOfPeriod(long period, Interval interval) {
        return interval == Interval.MONTH
                ? LocalDate.of((int) Math.floorDiv(period, MONTHS_PER_YEAR), Math.floorMod(period, MONTHS_PER_YEAR) + 1, 1)
                : LocalDate.ofEpochDay(period);
    }

    /**
     * The bound of a range as text. A bound between two microseconds, or outside of PostgreSQL's calendar, becomes the next timestamp of
     * PostgreSQL, which bounds the same rows.
     */
    public static String toText(LocalDateTime bound) {
        if (bound.isAfter(MAX_TIMESTAMP)) {
            return "infinity";
        }
        var moment = bound.isBefore(MIN_TIMESTAMP) ? MIN_TIMESTAMP : bound.plusNanos(NANOS_PER_MICRO - 1).truncatedTo(MICROS);
        var year = moment.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d %02d:%02d:%02d.%06d%s", year > 0 ? year : 1 - year, moment.getMonthValue(),
                moment.getDayOfMonth(), moment.getHour(), moment.getMinute(), moment.getSecond(), moment.getNano() / NANOS_PER_MICRO,
                year > 0 ? "" : " BC");
    }

    /** The part of a span within PostgreSQL's calendar, which holds all tokens; Java's calendar is longer, and ends within an hour. */
    public static TimeSpan clamp(TimeSpan span) {
        return new TimeSpan(clamp(span.from()), clamp(span.to()));
    }

    private static LocalDateTime clamp(LocalDateTime bound) {
        var end = MAX_TIMESTAMP.plus(1, MICROS);
        return bound.isBefore(MIN_TIMESTAMP) ? MIN_TIMESTAMP : bound.isAfter(end) ? end : bound;
    }

    /** The span of everything before an end. */
    public static TimeSpan spanBefore(LocalDateTime end) {
        return new TimeSpan(LocalDateTime.MIN, end);
    }

    /** The span of a beginning and everything after it. */
    public static TimeSpan spanFrom(LocalDateTime begin) {
        return new TimeSpan(begin, LocalDateTime.MAX);
    }
}
