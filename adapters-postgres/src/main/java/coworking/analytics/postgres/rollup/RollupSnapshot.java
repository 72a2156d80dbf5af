package coworking.analytics.postgres.rollup;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.domain.fact.CohortCounts;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.JoinCounts;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.fact.TokenFeed;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitDays;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.connection.RowMapper;
import coworking.analytics.postgres.connection.SnapshotSession;
import coworking.analytics.postgres.connection.SqlQuery;
import coworking.analytics.postgres.sql.MemberQueries;
import coworking.analytics.postgres.sql.RangeCondition;
import coworking.analytics.postgres.sql.RollupSchema;
import coworking.analytics.postgres.sql.RowReaders;
import coworking.analytics.postgres.sql.SqlFragment;
import coworking.analytics.postgres.sql.TimestampSql;
import coworking.analytics.postgres.sql.TokenScan;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A snapshot of the roll-ups together with the journal. What only the tokens tell comes from the tables, in the same snapshot.
 */
final class RollupSnapshot implements LedgerSnapshot {

    // {days} holds for the days of the span, so that an index serves it; {span} for the hours that begin within the span.
    private static final String HOURS_SQL = """
            SELECT {span.at} AS at, issued, used
            FROM (
                SELECT day + hour * INTERVAL '1 hour' AS at, issued, used
                FROM {rollups}.counts_by_hour
                WHERE issued <> 0 AND {days}
            ) AS hours
            WHERE {span}""";

    private static final SqlQuery HOUR_COUNTS = new SqlQuery("hour tallies", """
            SELECT at::date - DATE '1970-01-01' - (at::time < :day_start::time)::integer AS day,
                   date_part('hour', at)::integer AS hour,
                   sum(issued)::bigint AS issued,
                   sum(used)::bigint AS used
            FROM ({hours}) AS hours
            GROUP BY 1, 2
            ORDER BY 1, 2""").insert("hours", HOURS_SQL);

    private static final SqlQuery TOKEN_COUNTS = new SqlQuery("usage", """
            SELECT coalesce(sum(issued), 0)::bigint AS issued, coalesce(sum(used), 0)::bigint AS used
            FROM ({hours}) AS hours""").insert("hours", HOURS_SQL);

    // In a span of days every visitor counts once: on the first day of a visit, which is a return from before the span.
    private static final SqlQuery VISITORS = new SqlQuery("visitors", """
            SELECT bucket, sum(members)::bigint AS visitors
            FROM (
                SELECT width_bucket(day::timestamp, bounds) AS bucket, bounds, previous, members
                FROM (SELECT :bounds::timestamp[] AS bounds) AS parameters, {rollups}.counts_by_return
                WHERE day >= :from::timestamp AND day < :to::timestamp
            ) AS returns
            WHERE previous = 'infinity' OR previous < bounds[bucket]
            GROUP BY bucket""");

    private static final String USER_COUNTS_SQL = """
            SELECT user_id, issued, used
            FROM {rollups}.counts_by_user
            WHERE issued <> 0""";

    private static final String USER_COUNTS_UP_TO_TOKEN_SQL = """
            SELECT counts.user_id, counts.issued - coalesce(newer.issued, 0) AS issued, counts.used - coalesce(newer.used, 0) AS used
            FROM {rollups}.counts_by_user AS counts
            LEFT JOIN (
                SELECT user_id, count(*) AS issued, count(used_at) AS used
                FROM tokens
                WHERE id > :max_token_id::bigint
                GROUP BY user_id
            ) AS newer ON newer.user_id = counts.user_id
            WHERE counts.issued - coalesce(newer.issued, 0) <> 0""";

    private static final SqlQuery HAS_TOKEN = new SqlQuery("member", """
            SELECT EXISTS (SELECT FROM {rollups}.counts_by_user WHERE user_id = :user_id::bigint AND issued <> 0) AS has_token""");

    private final SnapshotSession session;
    private final RollupSchema schema;
    private final LedgerVersion version;
    private final TokenScan tokens;
    private boolean isScanned;

    /** Reads roll-ups that the session has found reliable, in the version that it has read. */
    RollupSnapshot(SnapshotSession session, RollupSchema schema, LedgerVersion version, TokenScan tokens) {
        this.session = session;
        this.schema = schema;
        this.version = version;
        this.tokens = tokens;
    }

    @Override
    public SnapshotSource source() {
        return isScanned ? SnapshotSource.SCAN : SnapshotSource.ROLLUP;
    }

    private <R> R queryOne(SqlQuery query, RowMapper<R> mapper) {
        return session.queryOne(schema.in(query), mapper);
    }

    private <R> List<R> queryAll(SqlQuery query, RowMapper<R> mapper) {
        return session.queryAll(schema.in(query), mapper);
    }

    private TokenScan scan() {
        isScanned = true;
        return tokens;
    }

    @Override
    public Optional<LedgerVersion> version() {
        return Optional.of(version);
    }

    /** Two lookups in an index on the tokens, which is there with the roll-ups, cost less than a pass over all hours. */
    @Override
    public Optional<DateRange> extent(DayStart dayStart) {
        return tokens.extent(dayStart);
    }

    private static boolean isWholeHour(DayStart dayStart) {
        return dayStart.at().getMinute() == 0;
    }

    @Override
    public List<HourCounts> hourCounts(DayStart dayStart, DateRange days) {
        return isWholeHour(dayStart)
                ? queryAll(inHours(HOUR_COUNTS, dayStart.spanOf(days)).bind("day_start", dayStart.at().toString()),
                        RowReaders::readHourCounts)
                : scan().hourCounts(dayStart, days);
    }

    private static SqlQuery inHours(SqlQuery query, TimeSpan span) {
        var days = RangeCondition.ofSpan("days", "day", new TimeSpan(span.from().truncatedTo(ChronoUnit.DAYS), span.to()));
        return days.applyTo(RangeCondition.ofSpan("span", "at", span).applyTo(query));
    }

    /** Reads whole hours from the roll-up, and the rest at both ends of the span from the tokens. A span with a cut is in an hour that repeats. */
    @Override
    public TokenCounts tokenCounts(TimeSpan span) {
        if (span.before().isPresent()) {
            return scan().tokenCounts(span);
        }
        var clamped = TimestampSql.clamp(span);
        var first = ceilToHour(clamped.from());
        var last = clamped.to().truncatedTo(ChronoUnit.HOURS);
        if (!first.isBefore(last)) {
            return scan().tokenCounts(clamped);
        }
        return scanPart(new TimeSpan(clamped.from(), first))
                .plus(queryOne(inHours(TOKEN_COUNTS, new TimeSpan(first, last)), RowReaders::readTokenCounts))
                .plus(scanPart(new TimeSpan(last, clamped.to())));
    }

    private static LocalDateTime ceilToHour(LocalDateTime moment) {
        var hour = moment.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(moment) ? hour : hour.plusHours(1);
    }

    private TokenCounts scanPart(TimeSpan span) {
        return span.from().equals(span.to()) ? TokenCounts.ZERO : scan().tokenCounts(span);
    }

    /**
     * Reads whole days from the roll-up. Where a span ends in the middle of a day, the tokens of that day tell who came on it only. Where a span
     * begins in the middle of a day, only the tokens tell its visitors.
     */
    @Override
    public List<Long> countVisitors(List<TimeSpan> spans) {
        if (spans.stream().anyMatch(span -> span.before().isPresent())) {
            return scan().countVisitors(spans);
        }
        var clamped = spans.stream().map(TimestampSql::clamp).toList();
        if (!clamped.stream().allMatch(span -> isMidnight(span.from()))) {
            return scan().countVisitors(clamped);
        }
        var visitors = new ArrayList<>(
                visitorsOfDays(clamped.stream().map(span -> new TimeSpan(span.from(), startOfDay(span.to()))).toList()));
        for (var i = 0; i < clamped.size(); i++) {
            if (!isMidnight(clamped.get(i).to())) {
                visitors.set(i, visitors.get(i) + scan().visitorsOnLastDayOnly(clamped.get(i)));
            }
        }
        return visitors;
    }

    private static boolean isMidnight(LocalDateTime moment) {
        return moment.equals(startOfDay(moment));
    }

    private static LocalDateTime startOfDay(LocalDateTime moment) {
        return moment.truncatedTo(ChronoUnit.DAYS);
    }

    private List<Long> visitorsOfDays(List<TimeSpan> spans) {
        if (spans.isEmpty()) {
            return List.of();
        }
        var query = VISITORS
                .bind("bounds", RowReaders.bucketBounds(spans))
                .bind("from", TimestampSql.toText(spans.getFirst().from()))
                .bind("to", TimestampSql.toText(spans.getLast().to()));
        return RowReaders.countPerSpan(spans, queryAll(query, RowReaders::readBucketCount));
    }

    @Override
    public List<JoinCounts> joinCounts(DayStart dayStart) {
        return tokens.joinCounts(dayStart);
    }

    @Override
    public long countJoined(TimeSpan span) {
        return tokens.countJoined(span);
    }

    @Override
    public OptionalLong newestTokenId() {
        return tokens.newestTokenId();
    }

    @Override
    public void memberVisits(MemberVisitsCriteria criteria, Predicate<MemberVisits> reader) {
        if (criteria.span().isPresent()) {
            scan().memberVisits(criteria, reader);
        } else {
            MemberQueries.memberVisits(session, userCounts(criteria.maxTokenId()), criteria, tokens.clock(), reader);
        }
    }

    @Override
    public long countMembers(MemberVisitsCriteria criteria) {
        return criteria.span().isPresent()
                ? scan().countMembers(criteria)
                : MemberQueries.countMembers(session, userCounts(criteria.maxTokenId()), criteria);
    }

    /** Mostly no token is newer; few are, and the primary key finds them. */
    private SqlFragment userCounts(OptionalLong maxTokenId) {
        if (maxTokenId.isEmpty() || newestTokenId().orElse(Long.MIN_VALUE) <= maxTokenId.getAsLong()) {
            return new SqlFragment(schema.in(USER_COUNTS_SQL), Map.of());
        }
        isScanned = true;
        return new SqlFragment(schema.in(USER_COUNTS_UP_TO_TOKEN_SQL), Map.of("max_token_id", Long.toString(maxTokenId.getAsLong())));
    }

    @Override
    public void visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
        scan().visitDays(dayStart, span, afterUser, withNames, reader);
    }

    @Override
    public List<CohortCounts> cohortCounts(DayStart dayStart, Interval interval, TimeSpan span) {
        return scan().cohortCounts(dayStart, interval, span);
    }

    @Override
    public List<DataQualityIssue> dataQualityIssues(TimeSpan span, Instant now) {
        return scan().dataQualityIssues(span, now, schema.in(USER_COUNTS_SQL));
    }

    @Override
    public TokenFeed feed(Instant moment) {
        return tokens.feed(moment);
    }

    @Override
    public Optional<Member> member(long userId, boolean withName) {
        return tokens.findInUsers(userId, withName).or(() -> RowReaders.memberWithoutUser(userId,
                queryOne(HAS_TOKEN.bind("user_id", userId), row -> row.getBoolean("has_token"))));
    }

    @Override
    public void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> reader) {
        scan().visits(userId, span, before, reader);
    }
}
