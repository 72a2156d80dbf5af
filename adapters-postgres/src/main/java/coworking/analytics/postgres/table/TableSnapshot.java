package coworking.analytics.postgres.table;

import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.domain.fact.CohortCounts;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.DataQualityIssue.IssueKind;
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
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.connection.RowMapper;
import coworking.analytics.postgres.connection.SnapshotSession;
import coworking.analytics.postgres.connection.SqlQuery;
import coworking.analytics.postgres.sql.KeysetQuery;
import coworking.analytics.postgres.sql.MemberQueries;
import coworking.analytics.postgres.sql.RangeCondition;
import coworking.analytics.postgres.sql.RowReaders;
import coworking.analytics.postgres.sql.SqlFragment;
import coworking.analytics.postgres.sql.TimestampSql;
import coworking.analytics.postgres.sql.TokenScan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A snapshot of the two tables, read row by row. Queries for a span read only its tokens if created_at has an index. */
public final class TableSnapshot implements TokenScan {

    private static final SqlQuery EXTENT = new SqlQuery("extent", """
            SELECT (extract(epoch FROM min(at) - TIMESTAMP '2000-01-01') * 1000000)::bigint AS first_micros,
                   (extract(epoch FROM max(at) - TIMESTAMP '2000-01-01') * 1000000)::bigint AS last_micros
            FROM (SELECT {span.at} AS at FROM tokens WHERE {span}) AS token""");

    private static final SqlQuery ENDS = new SqlQuery("extent", """
            SELECT (extract(epoch FROM {first} - TIMESTAMP '2000-01-01') * 1000000)::bigint AS first_micros,
                   (extract(epoch FROM {last} - TIMESTAMP '2000-01-01') * 1000000)::bigint AS last_micros
            FROM (SELECT min(created_at) AS first, max(created_at) AS last FROM tokens WHERE {span}) AS ends""")
            .insert("first", TimestampSql.finite("first")).insert("last", TimestampSql.finite("last"));

    private static final SqlQuery HAS_CREATION_INDEX = new SqlQuery("feed", """
            SELECT EXISTS (SELECT
                           FROM pg_index
                           JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
                           WHERE indrelid = 'tokens'::regclass AND indisvalid AND indpred IS NULL AND attname = 'created_at')
                AS has_index""");

    private static final String LATEST_MICROS = "(extract(epoch FROM " + TimestampSql.finite("latest")
            + " - TIMESTAMP '2000-01-01') * 1000000)::bigint AS latest_micros";

    private static final SqlQuery FEED_BY_LOOKUPS = new SqlQuery("feed", """
            SELECT {latest_micros}, ahead, implausible
            FROM (SELECT (SELECT max(created_at) FROM tokens WHERE {until}) AS latest,
                         (SELECT count(*) FROM tokens WHERE {ahead}) AS ahead,
                         (SELECT count(*) FROM tokens WHERE {implausible}) AS implausible) AS feed""")
            .insert("latest_micros", LATEST_MICROS);

    private static final SqlQuery FEED_BY_SCAN = new SqlQuery("feed", """
            SELECT {latest_micros}, ahead, implausible
            FROM (SELECT max(created_at) FILTER (WHERE {until}) AS latest,
                         count(*) FILTER (WHERE {ahead}) AS ahead,
                         count(*) FILTER (WHERE {implausible}) AS implausible
                  FROM tokens) AS feed""")
            .insert("latest_micros", LATEST_MICROS);

    // The number of a day is a number and no date, because the day before PostgreSQL's first one is no date.
    private static final SqlQuery HOUR_COUNTS = new SqlQuery("hour tallies", """
            SELECT at::date - DATE '1970-01-01' - (at::time < :day_start::time)::integer AS day,
                   date_part('hour', at)::integer AS hour,
                   count(*) AS issued,
                   count(used_at) AS used
            FROM (SELECT {span.at} AS at, used_at FROM tokens WHERE {span}) AS token
            GROUP BY 1, 2
            ORDER BY 1, 2""");

    private static final SqlQuery TOKEN_COUNTS = new SqlQuery("usage", """
            SELECT count(*) AS issued, count(used_at) AS used
            FROM tokens
            WHERE {span}""");

    private static final SqlQuery VISITORS = new SqlQuery("visitors", """
            SELECT bucket, count(*) AS visitors
            FROM (
                SELECT DISTINCT width_bucket({span.at}, :bounds::timestamp[]) AS bucket, user_id
                FROM tokens
                WHERE used_at IS NOT NULL AND {span}
            ) AS visits
            GROUP BY bucket""");

    private static final SqlQuery VISITORS_ON_LAST_DAY_ONLY = new SqlQuery("visitors of a day", """
            SELECT count(DISTINCT user_id) AS visitors
            FROM tokens AS token
            WHERE used_at IS NOT NULL AND {last_day}
              AND NOT EXISTS (SELECT FROM tokens AS earlier
                              WHERE earlier.user_id = token.user_id AND earlier.used_at IS NOT NULL AND {earlier})""");

    private static final SqlQuery JOIN_COUNTS = new SqlQuery("joins", """
            SELECT at::date - DATE '1970-01-01' - (at::time < :day_start::time)::integer AS day,
                   count(*) FILTER (WHERE is_active IS TRUE) AS active,
                   count(*) FILTER (WHERE is_active IS NOT TRUE) AS inactive
            FROM (SELECT {joined.at} AS at, is_active FROM users) AS member
            GROUP BY 1
            ORDER BY 1 NULLS LAST""");

    private static final SqlQuery COUNT_JOINED = new SqlQuery("joined", """
            SELECT count(*) AS members
            FROM users
            WHERE {joined}""");

    private static final SqlQuery NEWEST_TOKEN_ID = new SqlQuery("newest token", "SELECT max(id) AS id FROM tokens");

    private static final String COUNTS_PER_USER_SQL = """
            SELECT user_id, count(*) AS issued, count(used_at) AS used
            FROM tokens
            WHERE {span} AND {newest}
            GROUP BY user_id""";

    private static final SqlQuery VISIT_DAYS = new SqlQuery("visit days", """
            SELECT visitor.user_id, visitor.days,
            {member}
            FROM (
                SELECT user_id, array_agg(day ORDER BY day) AS days
                FROM (
                    SELECT DISTINCT user_id, at::date - DATE '1970-01-01' - (at::time < :day_start::time)::integer AS day
                    FROM (
                        SELECT user_id, {span.at} AS at
                        FROM tokens
                        WHERE used_at IS NOT NULL AND {span} AND user_id > :after_user::bigint
                    ) AS token
                ) AS visit
                GROUP BY user_id
                ORDER BY user_id
                LIMIT :max_rows::bigint
            ) AS visitor
            LEFT JOIN users ON users.id = visitor.user_id
            ORDER BY visitor.user_id""").insert("member", MemberQueries.MEMBER_COLUMNS);

    // Only for visitors of the span does PostgreSQL look up earlier visits, if user_id has an index.
    private static final SqlQuery COHORT_COUNTS = new SqlQuery("cohorts", """
            WITH cohort AS MATERIALIZED (
                SELECT user_id, at, at::date - DATE '1970-01-01' - (at::time < :day_start::time)::integer AS day
                FROM (
                    SELECT user_id, min({span.at}) AS at
                    FROM tokens
                    WHERE used_at IS NOT NULL AND {span}
                    GROUP BY user_id
                ) AS visitor
                WHERE NOT EXISTS (SELECT FROM tokens AS earlier
                                  WHERE earlier.user_id = visitor.user_id AND earlier.used_at IS NOT NULL AND {earlier})
            ), visit AS (
                SELECT user_id, at, at::date - DATE '1970-01-01' - (at::time < :day_start::time)::integer AS day
                FROM (
                    SELECT user_id, {since.at} AS at
                    FROM tokens
                    WHERE used_at IS NOT NULL AND {since} AND user_id IN (SELECT user_id FROM cohort)
                ) AS token
            )
            SELECT member.period AS cohort, active.period AS period, count(*) AS members
            FROM (SELECT user_id, {period} AS period FROM cohort) AS member
            JOIN (SELECT DISTINCT user_id, {period} AS period FROM visit) AS active USING (user_id)
            GROUP BY 1, 2
            ORDER BY 1, 2""");

    private static final SqlQuery TIMESTAMP_ISSUES = new SqlQuery("odd times", """
            WITH odd AS MATERIALIZED (
                SELECT id, used < created AS is_used_before, created < joined AS is_created_before
                FROM (
                    SELECT tokens.id, {span.stored} AS created, {used.stored} AS used, {joined.stored} AS joined
                    FROM tokens
                    LEFT JOIN users ON users.id = tokens.user_id
                    WHERE {span}
                ) AS token
                WHERE used < created OR created < joined
            )
            SELECT (SELECT count(*) FROM odd WHERE is_used_before) AS used_before_created,
                   ARRAY(SELECT id::bigint FROM odd WHERE is_used_before ORDER BY id LIMIT :max_samples::bigint)
                       AS used_before_created_ids,
                   (SELECT count(*) FROM odd WHERE is_created_before) AS created_before_joined,
                   ARRAY(SELECT id::bigint FROM odd WHERE is_created_before ORDER BY id LIMIT :max_samples::bigint)
                       AS created_before_joined_ids""")
            .bind("max_samples", DataQualityIssue.MAX_SAMPLES);

    private static final SqlQuery REPEATED_CODES = new SqlQuery("repeated codes", """
            WITH codes AS MATERIALIZED (
                SELECT token, count(*) AS times
                FROM tokens
                WHERE token IS NOT NULL AND {span}
                GROUP BY token
                HAVING count(*) > 1
            )
            SELECT (SELECT coalesce(sum(times), 0) FROM codes) AS repeated,
                   ARRAY(SELECT id::bigint FROM tokens WHERE {span} AND token IN (SELECT token FROM codes)
                         ORDER BY id LIMIT :max_samples::bigint) AS repeated_ids""")
            .bind("max_samples", DataQualityIssue.MAX_SAMPLES);

    private static final SqlQuery TOKENS_AHEAD = new SqlQuery("tokens ahead", """
            SELECT (SELECT count(*) FROM tokens WHERE {ahead}) AS ahead,
                   ARRAY(SELECT id::bigint FROM tokens WHERE {ahead} ORDER BY id LIMIT :max_samples::bigint) AS ahead_ids""")
            .bind("max_samples", DataQualityIssue.MAX_SAMPLES);

    private static final SqlQuery IMPLAUSIBLE_TOKEN_DATES = new SqlQuery("implausible dates", """
            WITH implausible AS MATERIALIZED (SELECT id FROM tokens WHERE {created} OR ({span} AND {used}))
            SELECT (SELECT count(*) FROM implausible) AS implausible,
                   ARRAY(SELECT id::bigint FROM implausible ORDER BY id LIMIT :max_samples::bigint) AS implausible_ids""")
            .bind("max_samples", DataQualityIssue.MAX_SAMPLES);

    private static final SqlQuery IMPLAUSIBLE_JOIN_DATES = new SqlQuery("implausible dates", """
            SELECT (SELECT count(*) FROM users WHERE {joined}) AS implausible,
                   ARRAY(SELECT id::bigint FROM users WHERE {joined} ORDER BY id LIMIT :max_samples::bigint) AS implausible_ids""")
            .bind("max_samples", DataQualityIssue.MAX_SAMPLES);

    private static final SqlQuery USERS_WITHOUT_TOKEN = new SqlQuery("users never seen", """
            WITH unseen AS MATERIALIZED (
                SELECT id
                FROM users
                WHERE NOT EXISTS (SELECT FROM ({users_with_tokens}) AS seen WHERE seen.user_id = users.id)
            )
            SELECT (SELECT count(*) FROM unseen) AS unseen,
                   ARRAY(SELECT id::bigint FROM unseen ORDER BY id LIMIT :max_samples::bigint) AS unseen_ids""")
            .bind("max_samples", DataQualityIssue.MAX_SAMPLES);

    private static final SqlQuery HAS_TOKEN = new SqlQuery("member",
            "SELECT EXISTS (SELECT FROM tokens WHERE user_id = :user_id::bigint) AS has_token");

    private static final SqlQuery USER = new SqlQuery("member", """
            SELECT
            {member}
            FROM users
            WHERE id = :user_id::bigint""").insert("member", MemberQueries.MEMBER_COLUMNS);

    private static final SqlQuery VISITS = new SqlQuery("visits", """
            SELECT id,
                   (extract(epoch FROM created - TIMESTAMP '2000-01-01') * 1000000)::bigint AS created_micros,
                   (extract(epoch FROM used - TIMESTAMP '2000-01-01') * 1000000)::bigint AS used_micros
            FROM (
                SELECT id, {span.stored} AS created, {used.stored} AS used
                FROM tokens
                WHERE used_at IS NOT NULL AND user_id = :user_id::bigint AND {span}
            ) AS visit
            WHERE (created, id) < (:before_created::timestamp, :before_id::bigint)
            ORDER BY created DESC, id DESC
            LIMIT :max_rows::bigint""");

    private static final TimeSpan CALENDAR_SPAN = DayStart.MIDNIGHT.spanOf(DateRange.CALENDAR);

    private final SnapshotSession session;
    private final SpaceClock clock;
    private SnapshotSource source = SnapshotSource.ROLLUP;

    /**
     * Makes a snapshot.
     *
     * @param clock shows the stored times on the space's wall clock
     */
    public TableSnapshot(SnapshotSession session, SpaceClock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public SpaceClock clock() {
        return clock;
    }

    @Override
    public SnapshotSource source() {
        return source;
    }

    /** None, as {@link TableLedger#version()} says. */
    @Override
    public Optional<LedgerVersion> version() {
        return Optional.empty();
    }

    private <R> List<R> scan(SqlQuery query, RowMapper<R> mapper) {
        source = SnapshotSource.SCAN;
        return session.queryAll(query, mapper);
    }

    private <R> R scanOne(SqlQuery query, RowMapper<R> mapper) {
        return scan(query, mapper).getFirst();
    }

    private RangeCondition createdWithin(TimeSpan span) {
        return RangeCondition.ofSpan("span", "created_at", span, clock);
    }

    private static SqlQuery withDayStart(SqlQuery query, DayStart dayStart) {
        return query.bind("day_start", dayStart.at().toString());
    }

    /** An index on created_at finds the first and the last token as they are stored. */
    @Override
    public Optional<DateRange> extent(DayStart dayStart) {
        return scanOne(storedWithin("span", clock.storedSpans(CALENDAR_SPAN)).applyTo(ENDS), RowReaders::readFirstAndLast)
                .map(stored -> extentAround(stored.from(), dayStart).hull(extentAround(stored.to(), dayStart)))
                .flatMap(DateRange.CALENDAR::intersection);
    }

    /** Where the wall clock is changed nearby, another token than the first or the last one may show the first or the last day. */
    private DateRange extentAround(LocalDateTime stored, DayStart dayStart) {
        var wall = clock.wallOf(stored);
        if (clock.shifts(stored.minusDays(2), stored.plusDays(2)).size() == 1) {
            var day = dayStart.dayOf(wall);
            return new DateRange(day, day);
        }
        var around = new TimeSpan(wall.minusDays(2), wall.plusDays(2)).intersection(CALENDAR_SPAN).orElseThrow();
        return scanOne(createdWithin(around).applyTo(EXTENT), RowReaders::readFirstAndLast)
                .map(ends -> new DateRange(dayStart.dayOf(ends.from()), dayStart.dayOf(ends.to())))
                .orElseThrow();
    }

    /** PostgreSQL would compile a statement that may do either, which takes longer than the lookups. */
    @Override
    public TokenFeed feed(Instant moment) {
        var statement = session.queryOne(HAS_CREATION_INDEX, row -> row.getBoolean("has_index")) ? FEED_BY_LOOKUPS : FEED_BY_SCAN;
        var query = storedWithin("until", plausible(clock.storedSpansUpTo(moment)))
                .applyTo(createdAhead(moment).applyTo(implausible("implausible", "created_at").applyTo(statement)));
        return session.queryOne(query, row -> new TokenFeed(
                TimestampSql.readMicros(row, "latest_micros").map(clock::at), row.getLong("ahead"), row.getLong("implausible")));
    }

    private RangeCondition createdAhead(Instant moment) {
        return storedWithin("ahead", plausible(clock.storedSpansAfter(moment)));
    }

    private static RangeCondition storedWithin(String name, List<TimeSpan> stored) {
        return RangeCondition.ofStoredSpans(name, "created_at", stored);
    }

    private List<TimeSpan> plausible(List<TimeSpan> stored) {
        return clock.storedSpans(CALENDAR_SPAN).stream()
                .flatMap(plausible -> stored.stream().flatMap(span -> span.intersection(plausible).stream()))
                .toList();
    }

    private RangeCondition implausible(String name, String column) {
        return RangeCondition.ofSpans(name, column,
                List.of(TimestampSql.spanBefore(CALENDAR_SPAN.from()), TimestampSql.spanFrom(CALENDAR_SPAN.to())), clock);
    }

    @Override
    public List<HourCounts> hourCounts(DayStart dayStart, DateRange days) {
        return scan(withDayStart(createdWithin(dayStart.spanOf(days)).applyTo(HOUR_COUNTS), dayStart), RowReaders::readHourCounts);
    }

    @Override
    public TokenCounts tokenCounts(TimeSpan span) {
        return scanOne(createdWithin(span).applyTo(TOKEN_COUNTS), RowReaders::readTokenCounts);
    }

    @Override
    public List<Long> countVisitors(List<TimeSpan> spans) {
        if (spans.isEmpty()) {
            return List.of();
        }
        return spans.stream().anyMatch(span -> span.before().isPresent())
                ? spans.stream().map(span -> countVisitorsByWallTime(List.of(span)).getFirst()).toList()
                : countVisitorsByWallTime(spans);
    }

    /** Tells the spans apart by their wall times, so only one of them may be cut. */
    private List<Long> countVisitorsByWallTime(List<TimeSpan> spans) {
        var query = RangeCondition.ofSpans("span", "created_at", spans, clock).applyTo(VISITORS)
                .bind("bounds", RowReaders.bucketBounds(spans));
        return RowReaders.countPerSpan(spans, scan(query, RowReaders::readBucketCount));
    }

    @Override
    public long visitorsOnLastDayOnly(TimeSpan span) {
        var midnight = span.to().truncatedTo(ChronoUnit.DAYS);
        var lastDay = RangeCondition.ofSpan("last_day", "token.created_at", new TimeSpan(midnight, span.to(), span.before()), clock);
        var earlier = RangeCondition.ofSpan("earlier", "earlier.created_at", new TimeSpan(span.from(), midnight, span.before()), clock);
        return scanOne(lastDay.applyTo(earlier.applyTo(VISITORS_ON_LAST_DAY_ONLY)), row -> row.getLong("visitors"));
    }

    @Override
    public List<JoinCounts> joinCounts(DayStart dayStart) {
        return session.queryAll(withDayStart(RangeCondition.everything("joined", "joined_at", clock).applyTo(JOIN_COUNTS), dayStart),
                TableSnapshot::readJoinCounts);
    }

    private static JoinCounts readJoinCounts(ResultSet row) throws SQLException {
        var day = row.getLong("day");
        return new JoinCounts(row.wasNull() ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(day)), row.getLong("active"),
                row.getLong("inactive"));
    }

    @Override
    public long countJoined(TimeSpan span) {
        return session.queryOne(RangeCondition.ofSpan("joined", "joined_at", span, clock).applyTo(COUNT_JOINED),
                row -> row.getLong("members"));
    }

    @Override
    public OptionalLong newestTokenId() {
        return session.queryOne(NEWEST_TOKEN_ID, row -> {
            var id = row.getLong("id");
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
        });
    }

    @Override
    public void memberVisits(MemberVisitsCriteria criteria, Predicate<MemberVisits> reader) {
        source = SnapshotSource.SCAN;
        MemberQueries.memberVisits(session, countsPerUser(criteria), criteria, clock, reader);
    }

    @Override
    public long countMembers(MemberVisitsCriteria criteria) {
        source = SnapshotSource.SCAN;
        return MemberQueries.countMembers(session, countsPerUser(criteria), criteria);
    }

    private SqlFragment countsPerUser(MemberVisitsCriteria criteria) {
        var range = criteria.span().map(this::createdWithin).orElseGet(() -> RangeCondition.everything("span", "created_at"));
        var parameters = new HashMap<>(range.parameters());
        criteria.maxTokenId().ifPresent(id -> parameters.put("max_token_id", Long.toString(id)));
        return new SqlFragment(COUNTS_PER_USER_SQL
                .replace("{span}", range.condition())
                .replace("{newest}", criteria.maxTokenId().isPresent() ? "id <= :max_token_id::bigint" : "true"), parameters);
    }

    /** PostgreSQL sorts all visitors in any case, so it is asked for all of them at once. */
    @Override
    public void visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
        source = SnapshotSource.SCAN;
        var query = withDayStart(createdWithin(span).applyTo(VISIT_DAYS), dayStart)
                .bind("with_names", Boolean.toString(withNames))
                .bind("after_user", afterUser.orElse(Long.MIN_VALUE));
        new KeysetQuery<>(query, this::readVisitDays, (page, last) -> page.bind("after_user", last.member().userId()),
                KeysetQuery.ALL_ROWS).forEachRow(session, reader);
    }

    private VisitDays readVisitDays(ResultSet row) throws SQLException {
        var days = (Integer[]) row.getArray("days").getArray();
        return new VisitDays(MemberQueries.readMember(row.getLong("user_id"), row, clock), Arrays.asList(days));
    }

    @Override
    public List<CohortCounts> cohortCounts(DayStart dayStart, Interval interval, TimeSpan span) {
        var ranges = List.of(createdWithin(span),
                RangeCondition.ofSpan("earlier", "earlier.created_at", TimestampSql.spanBefore(span.from()), clock),
                RangeCondition.ofSpan("since", "created_at", TimestampSql.spanFrom(span.from()), clock));
        var query = withDayStart(COHORT_COUNTS.insert("period", TimestampSql.periodNumber(interval)), dayStart);
        for (var range : ranges) {
            query = range.applyTo(query);
        }
        return scan(query, row -> readCohortCounts(row, interval));
    }

    private static CohortCounts readCohortCounts(ResultSet row, Interval interval) throws SQLException {
        return new CohortCounts(TimestampSql.firstDayOfPeriod(row.getLong("cohort"), interval),
                TimestampSql.firstDayOfPeriod(row.getLong("period"), interval), row.getLong("members"));
    }

    @Override
    public List<DataQualityIssue> dataQualityIssues(TimeSpan span, Instant now) {
        return dataQualityIssues(span, now, "SELECT user_id FROM tokens");
    }

    @Override
    public List<DataQualityIssue> dataQualityIssues(TimeSpan span, Instant now, String usersWithTokens) {
        var issues = new ArrayList<>(timestampIssues(span));
        issues.add(scanOne(createdWithin(span).applyTo(REPEATED_CODES), row -> readIssue(IssueKind.REPEATED_CODE, row, "repeated")));
        issues.add(session.queryOne(USERS_WITHOUT_TOKEN.insert("users_with_tokens", usersWithTokens),
                row -> readIssue(IssueKind.USER_NEVER_SEEN, row, "unseen")));
        issues.add(scanOne(createdAhead(now).applyTo(TOKENS_AHEAD), row -> readIssue(IssueKind.CREATED_AHEAD, row, "ahead")));
        issues.add(scanOne(createdWithin(span).applyTo(
                implausible("created", "created_at").applyTo(implausible("used", "used_at").applyTo(IMPLAUSIBLE_TOKEN_DATES))),
                row -> readIssue(IssueKind.IMPLAUSIBLE_TOKEN_DATE, row, "implausible")));
        issues.add(session.queryOne(implausible("joined", "joined_at").applyTo(IMPLAUSIBLE_JOIN_DATES),
                row -> readIssue(IssueKind.IMPLAUSIBLE_JOIN_DATE, row, "implausible")));
        return List.copyOf(issues);
    }

    private List<DataQualityIssue> timestampIssues(TimeSpan span) {
        var query = RangeCondition.ofSpan("span", "tokens.created_at", span, clock).applyTo(TIMESTAMP_ISSUES);
        return scanOne(RangeCondition.everything("used", "tokens.used_at").applyTo(
                RangeCondition.everything("joined", "users.joined_at").applyTo(query)),
                row -> List.of(readIssue(IssueKind.USED_BEFORE_CREATED, row, "used_before_created"),
                        readIssue(IssueKind.CREATED_BEFORE_JOINED, row, "created_before_joined")));
    }

    private static DataQualityIssue readIssue(IssueKind kind, ResultSet row, String column) throws SQLException {
        return new DataQualityIssue(kind, row.getLong(column), Arrays.asList((Long[]) row.getArray(column + "_ids").getArray()));
    }

    @Override
    public Optional<Member> member(long userId, boolean withName) {
        return findInUsers(userId, withName).or(() -> RowReaders.memberWithoutUser(userId,
                scanOne(HAS_TOKEN.bind("user_id", userId), row -> row.getBoolean("has_token"))));
    }

    @Override
    public Optional<Member> findInUsers(long userId, boolean withName) {
        return session.queryAll(USER.bind("user_id", userId).bind("with_names", Boolean.toString(withName)),
                row -> MemberQueries.readMember(userId, row, clock)).stream().findFirst();
    }

    @Override
    public void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> reader) {
        source = SnapshotSource.SCAN;
        var query = RangeCondition.everything("used", "used_at").applyTo(createdWithin(span).applyTo(VISITS))
                .bind("user_id", userId)
                .bind(before.map(TableSnapshot::positionParameters)
                        .orElseGet(() -> Map.of("before_created", "infinity", "before_id", Long.toString(Long.MAX_VALUE))));
        new KeysetQuery<>(query, this::readVisit,
                (page, last) -> page.bind(positionParameters(last.position())), KeysetQuery.PAGE_ROWS)
                .forEachRow(session, reader);
    }

    private static Map<String, String> positionParameters(VisitPosition position) {
        return Map.of("before_created", TimestampSql.toText(position.createdAt()), "before_id", Long.toString(position.tokenId()));
    }

    private Visit readVisit(ResultSet row) throws SQLException {
        return Visit.of(row.getLong("id"), TimestampSql.readMicros(row, "created_micros").orElseThrow(),
                TimestampSql.readMicros(row, "used_micros").orElseThrow(), clock);
    }
}
