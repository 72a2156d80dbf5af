package coworking.analytics.postgres;

import static java.time.temporal.ChronoUnit.MICROS;

import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.TimeSpan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * How SQL and the domain speak of the same moment.
 *
 * <p>Moments come out as numbers that PostgreSQL computed and go in as text, never as a {@code java.sql.Timestamp}. PostgreSQL's
 * infinities are the ends of a four-digit calendar (C5) before anything else is made of them.
 */
final class Moments {

    /** What "infinity" stands for. */
    static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000);

    /** What "-infinity" stands for. */
    static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);

    /** The first and the last moment that PostgreSQL knows. */
    private static final LocalDateTime EARLIEST = LocalDateTime.of(-4713, 11, 24, 0, 0);
    private static final LocalDateTime LATEST = LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000);

    private static final long EPOCH_2000 = LocalDateTime.of(2000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MONTHS = 12;

    private Moments() {}

    /** A column's moment as SQL, its infinities moved to the ends of the calendar. */
    static String finite(String column) {
        return """
            CASE %1$s WHEN 'infinity' THEN TIMESTAMP '9999-12-31 23:59:59.999999' \
            WHEN '-infinity' THEN TIMESTAMP '0001-01-01' ELSE %1$s END""".formatted(column);
    }

    /**
     * A moment in SQL as a number of microseconds since 2000, which is what PostgreSQL itself keeps: its last years overflow when they are
     * counted from 1970.
     */
    static String micros(String moment) {
        return "(extract(epoch FROM %s - TIMESTAMP '2000-01-01') * 1000000)::bigint".formatted(moment);
    }

    /** Reads what {@link #micros} tells; empty where it tells nothing. */
    static Optional<LocalDateTime> moment(ResultSet row, int column) throws SQLException {
        var since2000 = row.getLong(column);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(LocalDateTime.ofEpochSecond(
                        EPOCH_2000 + Math.floorDiv(since2000, MICROS_PER_SECOND),
                        (int) Math.floorMod(since2000, MICROS_PER_SECOND) * NANOS_PER_MICRO,
                        ZoneOffset.UTC));
    }

    /** The day to which a moment in SQL counts, in days since 1970; as a number, because the day before PostgreSQL's first is no date. */
    static String day(String moment, DayStart dayStart) {
        return "((%1$s)::date - DATE '1970-01-01')%2$s".formatted(moment, lessOneBefore(moment, dayStart));
    }

    /** The hour of the wall clock in which a moment in SQL lies, 0 to 23. */
    static String hour(String moment) {
        return "date_part('hour', %s)::integer".formatted(moment);
    }

    /** The week or month to which a moment in SQL counts, as a number that {@link #firstDay} understands. */
    static String period(String moment, DayStart dayStart, Interval interval) {
        return interval == Interval.MONTH ? month(moment, dayStart) : monday(day(moment, dayStart));
    }

    private static String monday(String day) {
        // 1970 began on a Thursday; the remainder of a negative number is negative.
        return "(%1$s) - (((%1$s) + 3) %% 7 + 7) %% 7".formatted(day);
    }

    private static String month(String moment, DayStart dayStart) {
        // No year is called 0: that before the first is called -1.
        return """
            ((date_part('year', %1$s)::integer + (date_part('year', %1$s) < 0)::integer) * 12 + date_part('month', %1$s)::integer - 1
             %2$s)""".formatted(moment, dayStart.equals(DayStart.MIDNIGHT)
                ? ""
                : "- (date_part('day', %1$s) = 1 AND (%1$s)::time < %2$s)::integer".formatted(moment, time(dayStart)));
    }

    private static String lessOneBefore(String moment, DayStart dayStart) {
        return dayStart.equals(DayStart.MIDNIGHT) ? "" : " - ((%s)::time < %s)::integer".formatted(moment, time(dayStart));
    }

    private static String time(DayStart dayStart) {
        return "TIME '" + dayStart.at() + "'";
    }

    /** The first day of the week or month that {@link #period} names. */
    static LocalDate firstDay(long period, Interval interval) {
        return interval == Interval.MONTH
                ? LocalDate.of((int) Math.floorDiv(period, MONTHS), Math.floorMod(period, MONTHS) + 1, 1)
                : LocalDate.ofEpochDay(period);
    }

    /**
     * A bound as text, from which on something counts, or up to which. It may lie between two microseconds, and anywhere on Java's
     * calendar: then the next moment that PostgreSQL knows means the same.
     */
    static String text(LocalDateTime bound) {
        if (bound.isAfter(LATEST)) {
            return "infinity";
        }
        var moment = bound.isBefore(EARLIEST) ? EARLIEST : bound.plusNanos(NANOS_PER_MICRO - 1).truncatedTo(MICROS);
        var year = moment.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d %02d:%02d:%02d.%06d%s", year > 0 ? year : 1 - year, moment.getMonthValue(),
                moment.getDayOfMonth(), moment.getHour(), moment.getMinute(), moment.getSecond(), moment.getNano() / NANOS_PER_MICRO,
                year > 0 ? "" : " BC");
    }

    /** What a span has of the moments that PostgreSQL knows, which is all of its tokens; Java's calendar is longer, and ends in the middle. */
    static TimeSpan known(TimeSpan span) {
        return new TimeSpan(known(span.from()), known(span.to()));
    }

    private static LocalDateTime known(LocalDateTime bound) {
        var end = LATEST.plus(1, MICROS);
        return bound.isBefore(EARLIEST) ? EARLIEST : bound.isAfter(end) ? end : bound;
    }

    /** All moments before another one. */
    static TimeSpan before(LocalDateTime end) {
        return new TimeSpan(LocalDateTime.MIN, end);
    }

    /** A moment, and all after it. */
    static TimeSpan from(LocalDateTime begin) {
        return new TimeSpan(begin, LocalDateTime.MAX);
    }
}
