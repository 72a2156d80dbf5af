package coworking.analytics.postgres.sql;

import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.TimeSpan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Readers of rows that statements of both ledgers return. */
public final class RowReaders {

    private RowReaders() {}

    /** Reads day, hour, issued and used. */
    public static HourCounts readHourCounts(ResultSet row) throws SQLException {
        return new HourCounts(LocalDate.ofEpochDay(row.getLong("day")), row.getInt("hour"), row.getLong("issued"), row.getLong("used"));
    }

    /** Reads issued and used. */
    public static TokenCounts readTokenCounts(ResultSet row) throws SQLException {
        return new TokenCounts(row.getLong("issued"), row.getLong("used"));
    }

    /** Reads first_micros and last_micros; empty where they are null. */
    public static Optional<TimeSpan> readFirstAndLast(ResultSet row) throws SQLException {
        var last = TimestampSql.readMicros(row, "last_micros");
        return TimestampSql.readMicros(row, "first_micros").flatMap(first -> last.map(end -> new TimeSpan(first, end)));
    }

    /** The array of bounds for width_bucket: bucket 1 is the first span, bucket 2 the gap after it, bucket 3 the second span, and so on. */
    public static String bucketBounds(List<TimeSpan> spans) {
        return spans.stream().flatMap(span -> Stream.of(TimestampSql.toText(span.from()), TimestampSql.toText(span.to())))
                .collect(Collectors.joining("\",\"", "{\"", "\"}"));
    }

    /** Reads bucket and visitors. */
    public static BucketCount readBucketCount(ResultSet row) throws SQLException {
        return new BucketCount(row.getInt("bucket"), row.getLong("visitors"));
    }

    /** The count of each span, zero where there is none. */
    public static List<Long> countPerSpan(List<TimeSpan> spans, List<BucketCount> counts) {
        var visitors = counts.stream().collect(Collectors.toMap(BucketCount::bucket, BucketCount::visitors));
        return Stream.iterate(1, bucket -> bucket + 2).limit(spans.size()).map(bucket -> visitors.getOrDefault(bucket, 0L)).toList();
    }

    /** A member who is not in the table "users": known only if a token names them. */
    public static Optional<Member> memberWithoutUser(long userId, boolean hasToken) {
        return hasToken
                ? Optional.of(new Member(userId, Optional.empty(), Optional.empty(), Optional.empty()))
                : Optional.empty();
    }

    /** The visitors of a bucket. */
    public record BucketCount(int bucket, long visitors) {}
}
