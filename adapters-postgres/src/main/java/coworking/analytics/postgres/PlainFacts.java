package coworking.analytics.postgres;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.CohortTally;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.Finding.Kind;
import coworking.analytics.domain.HourTally;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.JoinTally;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.TimeSpan;
import coworking.analytics.domain.Usage;
import coworking.analytics.domain.Visit;
import coworking.analytics.domain.VisitDays;
import coworking.analytics.postgres.Conversation.Question;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the two tables say, row by row. What is asked of a span looks at its tokens only, where an index on created_at is there. */
final class PlainFacts implements Facts {

    private static final List<String> NO_VALUES = List.of();

    private final Conversation conversation;
    private Source source = Source.ROLLUP;

    PlainFacts(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public Source source() {
        return source;
    }

    /** None, as {@link PlainLedger#version()} says. */
    @Override
    public Optional<Version> version() {
        return Optional.empty();
    }

    private <R> List<R> scan(String name, String sql, List<String> values, Conversation.Row<R> row) {
        source = Source.SCAN;
        return conversation.all(new Question(name, sql, values), row);
    }

    private <R> void scan(String name, String sql, List<String> values, Conversation.Row<R> row, Predicate<R> reader) {
        source = Source.SCAN;
        conversation.each(new Question(name, sql, values), row, reader);
    }

    @Override
    public Optional<Days> extent(DayStart dayStart) {
        return extent(dayStart, "", NO_VALUES, Moments.finite("created_at"));
    }

    /** That of the tokens within a span. */
    Optional<Days> extent(DayStart dayStart, TimeSpan span) {
        var within = Within.span("created_at", span);
        return extent(dayStart, "WHERE " + within.condition(), within.values(), within.moment());
    }

    private Optional<Days> extent(DayStart dayStart, String where, List<String> values, String moment) {
        var sql = """
            SELECT %s, %s
            FROM tokens
            %s""".formatted(Moments.micros("min(" + moment + ")"), Moments.micros("max(" + moment + ")"), where);
        return scan("extent", sql, values, row -> extent(row, dayStart)).getFirst();
    }

    static Optional<Days> extent(ResultSet row, DayStart dayStart) throws SQLException {
        var last = Moments.moment(row, 2);
        return Moments.moment(row, 1).flatMap(first -> last.map(end -> new Days(dayStart.dayOf(first), dayStart.dayOf(end))));
    }

    @Override
    public List<HourTally> hourTallies(DayStart dayStart, Days days) {
        var within = Within.span("created_at", dayStart.spanOf(days));
        return scan("hour tallies", """
            SELECT %s, %s, count(*), count(used_at)
            FROM tokens
            WHERE %s
            GROUP BY 1, 2
            ORDER BY 1, 2""".formatted(Moments.day(within.moment(), dayStart), Moments.hour(within.moment()), within.condition()),
                within.values(), PlainFacts::hour);
    }

    static HourTally hour(ResultSet row) throws SQLException {
        return new HourTally(LocalDate.ofEpochDay(row.getLong(1)), row.getInt(2), row.getLong(3), row.getLong(4));
    }

    @Override
    public Usage usage(TimeSpan span) {
        var within = Within.span("created_at", span);
        return scan("usage", """
            SELECT count(*), count(used_at)
            FROM tokens
            WHERE %s""".formatted(within.condition()), within.values(), PlainFacts::usage).getFirst();
    }

    static Usage usage(ResultSet row) throws SQLException {
        return new Usage(row.getLong(1), row.getLong(2));
    }

    @Override
    public List<Long> visitors(List<TimeSpan> spans) {
        if (spans.isEmpty()) {
            return List.of();
        }
        var within = Within.spans("created_at", spans);
        var values = new ArrayList<String>();
        values.add(bounds(spans));
        values.addAll(within.values());
        return byPlace(spans, scan("visitors", """
            SELECT place, count(*)
            FROM (
                SELECT DISTINCT width_bucket(%s, ?::timestamp[]) AS place, user_id
                FROM tokens
                WHERE used_at IS NOT NULL AND %s
            ) AS visits
            GROUP BY place""".formatted(within.moment(), within.condition()), values, PlainFacts::visitors));
    }

    /** Where spans begin and end, as an array. A moment is in the first one where it lies after one bound, in the gap behind it after two, ... */
    static String bounds(List<TimeSpan> spans) {
        return spans.stream().flatMap(span -> Stream.of(Moments.text(span.from()), Moments.text(span.to())))
                .collect(Collectors.joining("\",\"", "{\"", "\"}"));
    }

    static Visitors visitors(ResultSet row) throws SQLException {
        return new Visitors(row.getInt(1), row.getLong(2));
    }

    static List<Long> byPlace(List<TimeSpan> spans, List<Visitors> visitors) {
        var counts = visitors.stream().collect(Collectors.toMap(Visitors::place, Visitors::count));
        return Stream.iterate(1, place -> place + 2).limit(spans.size()).map(place -> counts.getOrDefault(place, 0L)).toList();
    }

    /**
     * How many a place among some bounds has.
     *
     * @param place how many of the bounds are not after it
     */
    record Visitors(int place, long count) {}

    /** How many of a span's visitors came on the day in the middle of which it ends, and not on those before it. */
    long visitorsOfItsLastDayOnly(TimeSpan span) {
        var midnight = span.to().truncatedTo(ChronoUnit.DAYS);
        var last = Within.span("token.created_at", new TimeSpan(midnight, span.to()));
        var before = Within.span("earlier.created_at", new TimeSpan(span.from(), midnight));
        return scan("visitors of a day", """
            SELECT count(DISTINCT user_id)
            FROM tokens AS token
            WHERE used_at IS NOT NULL AND %s
              AND NOT EXISTS (SELECT FROM tokens AS earlier
                              WHERE earlier.user_id = token.user_id AND earlier.used_at IS NOT NULL AND %s)"""
                .formatted(last.condition(), before.condition()),
                Stream.concat(last.values().stream(), before.values().stream()).toList(), row -> row.getLong(1)).getFirst();
    }

    @Override
    public List<JoinTally> joins(DayStart dayStart) {
        return conversation.all(new Question("joins", """
            SELECT %s, count(*) FILTER (WHERE is_active IS TRUE), count(*) FILTER (WHERE is_active IS NOT TRUE)
            FROM users
            GROUP BY 1
            ORDER BY 1 NULLS LAST""".formatted(Moments.day(Moments.finite("joined_at"), dayStart)), NO_VALUES), PlainFacts::join);
    }

    private static JoinTally join(ResultSet row) throws SQLException {
        var day = row.getLong(1);
        return new JoinTally(row.wasNull() ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(day)), row.getLong(2), row.getLong(3));
    }

    @Override
    public long joined(TimeSpan span) {
        var within = Within.span("joined_at", span);
        return conversation.one(new Question("joined", "SELECT count(*) FROM users WHERE " + within.condition(), within.values()),
                row -> row.getLong(1));
    }

    @Override
    public OptionalLong newestToken() {
        return conversation.one(new Question("newest token", "SELECT max(id) FROM tokens", NO_VALUES), row -> {
            var id = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
        });
    }

    @Override
    public void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader) {
        source = Source.SCAN;
        MemberSql.visits(conversation, tallying(question), question, reader);
    }

    @Override
    public long countMembers(MemberQuestion question) {
        source = Source.SCAN;
        return MemberSql.count(conversation, tallying(question), question);
    }

    private static Subquery tallying(MemberQuestion question) {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<String>();
        question.span().map(span -> Within.span("created_at", span)).ifPresent(within -> {
            conditions.add(within.condition());
            values.addAll(within.values());
        });
        question.upTo().ifPresent(id -> {
            conditions.add("id <= ?::bigint");
            values.add(Long.toString(id));
        });
        return new Subquery("""
            SELECT user_id, count(*) AS issued, count(used_at) AS used
            FROM tokens
            %s
            GROUP BY user_id""".formatted(conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions)), values);
    }

    @Override
    public void visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
        var within = Within.span("created_at", span);
        var values = new ArrayList<>(within.values());
        afterUser.ifPresent(id -> values.add(Long.toString(id)));
        scan("visit days", """
            SELECT member.user_id, member.days, %s
            FROM (
                SELECT user_id, array_agg(day ORDER BY day) AS days
                FROM (
                    SELECT DISTINCT user_id, %s AS day
                    FROM tokens
                    WHERE used_at IS NOT NULL AND %s %s
                ) AS visits
                GROUP BY user_id
            ) AS member
            LEFT JOIN users ON users.id = member.user_id
            ORDER BY member.user_id""".formatted(MemberSql.columns(withNames), Moments.day(within.moment(), dayStart), within.condition(),
                afterUser.isPresent() ? "AND user_id > ?::bigint" : ""), values, PlainFacts::visitDays, reader);
    }

    private static VisitDays visitDays(ResultSet row) throws SQLException {
        var days = (Integer[]) row.getArray(2).getArray();
        return new VisitDays(MemberSql.member(row.getLong(1), row, 2), Arrays.asList(days));
    }

    /** Whether a member came before is asked of those only who came in the span, where an index on user_id is there. */
    @Override
    public List<CohortTally> cohorts(DayStart dayStart, Interval interval, TimeSpan span) {
        var first = Within.span("created_at", span);
        var before = Within.span("earlier.created_at", Moments.before(span.from()));
        var since = Within.span("created_at", Moments.from(span.from()));
        return scan("cohorts", """
            WITH cohort AS MATERIALIZED (
                SELECT user_id, first
                FROM (
                    SELECT user_id, min(%1$s) AS first
                    FROM tokens
                    WHERE used_at IS NOT NULL AND %2$s
                    GROUP BY user_id
                ) AS visitor
                WHERE NOT EXISTS (SELECT FROM tokens AS earlier
                                  WHERE earlier.user_id = visitor.user_id AND earlier.used_at IS NOT NULL AND %3$s)
            ), visits AS (
                SELECT DISTINCT user_id, %4$s AS period
                FROM tokens
                WHERE used_at IS NOT NULL AND %5$s AND user_id IN (SELECT user_id FROM cohort)
            )
            SELECT %6$s, period, count(*)
            FROM cohort
            JOIN visits USING (user_id)
            GROUP BY 1, 2
            ORDER BY 1, 2""".formatted(first.moment(), first.condition(), before.condition(),
                Moments.period(since.moment(), dayStart, interval), since.condition(), Moments.period("first", dayStart, interval)),
                Stream.of(first, before, since).map(Within::values).flatMap(List::stream).toList(), row -> cohort(row, interval));
    }

    private static CohortTally cohort(ResultSet row, Interval interval) throws SQLException {
        return new CohortTally(Moments.firstDay(row.getLong(1), interval), Moments.firstDay(row.getLong(2), interval), row.getLong(3));
    }

    @Override
    public List<Finding> findings(TimeSpan span) {
        return findings(span, "SELECT user_id FROM tokens");
    }

    /**
     * The same.
     *
     * @param seen a query for the ids of all users who have a token
     */
    List<Finding> findings(TimeSpan span, String seen) {
        var findings = new ArrayList<>(oddTimes(span));
        findings.add(repeatedCodes(span));
        findings.add(neverSeen(seen));
        return List.copyOf(findings);
    }

    private List<Finding> oddTimes(TimeSpan span) {
        var within = Within.span("tokens.created_at", span);
        return scan("odd times", """
            WITH odd AS MATERIALIZED (
                SELECT tokens.id, %1$s < %2$s AS is_used_before, %2$s < %3$s AS is_created_before
                FROM tokens
                LEFT JOIN users ON users.id = tokens.user_id
                WHERE %4$s AND (%1$s < %2$s OR %2$s < %3$s)
            )
            SELECT (SELECT count(*) FROM odd WHERE is_used_before),
                   ARRAY(SELECT id::bigint FROM odd WHERE is_used_before ORDER BY id LIMIT %5$d),
                   (SELECT count(*) FROM odd WHERE is_created_before),
                   ARRAY(SELECT id::bigint FROM odd WHERE is_created_before ORDER BY id LIMIT %5$d)"""
                .formatted(Moments.finite("tokens.used_at"), within.moment(), Moments.finite("users.joined_at"), within.condition(),
                        Finding.MOST_SAMPLES),
                within.values(),
                row -> List.of(finding(Kind.USED_BEFORE_CREATED, row, 1), finding(Kind.CREATED_BEFORE_JOINED, row, 3))).getFirst();
    }

    private Finding repeatedCodes(TimeSpan span) {
        var within = Within.span("created_at", span);
        var values = new ArrayList<>(within.values());
        values.addAll(within.values());
        return scan("repeated codes", """
            WITH codes AS MATERIALIZED (
                SELECT token, count(*) AS times
                FROM tokens
                WHERE token IS NOT NULL AND %1$s
                GROUP BY token
                HAVING count(*) > 1
            )
            SELECT (SELECT coalesce(sum(times), 0) FROM codes),
                   ARRAY(SELECT id::bigint FROM tokens WHERE %1$s AND token IN (SELECT token FROM codes) ORDER BY id LIMIT %2$d)"""
                .formatted(within.condition(), Finding.MOST_SAMPLES),
                values,
                row -> finding(Kind.REPEATED_CODE, row, 1)).getFirst();
    }

    private Finding neverSeen(String seen) {
        return conversation.one(new Question("users never seen", """
            WITH unseen AS MATERIALIZED (
                SELECT id
                FROM users
                WHERE NOT EXISTS (SELECT FROM (%s) AS seen WHERE seen.user_id = users.id)
            )
            SELECT (SELECT count(*) FROM unseen), ARRAY(SELECT id::bigint FROM unseen ORDER BY id LIMIT %d)"""
                .formatted(seen, Finding.MOST_SAMPLES), NO_VALUES), row -> finding(Kind.USER_NEVER_SEEN, row, 1));
    }

    private static Finding finding(Kind kind, ResultSet row, int column) throws SQLException {
        return new Finding(kind, row.getLong(column), Arrays.asList((Long[]) row.getArray(column + 1).getArray()));
    }

    @Override
    public Optional<Member> member(long userId, boolean withName) {
        return known(userId, withName).or(() -> unknown(userId, scan("member", """
            SELECT EXISTS (SELECT FROM tokens WHERE user_id = ?::bigint)""", List.of(Long.toString(userId)), row -> row.getBoolean(1))
                .getFirst()));
    }

    Optional<Member> known(long userId, boolean withName) {
        return conversation.all(new Question("member", "SELECT %s FROM users WHERE id = ?::bigint".formatted(MemberSql.columns(withName)),
                List.of(Long.toString(userId))), row -> MemberSql.member(userId, row, 0)).stream().findFirst();
    }

    static Optional<Member> unknown(long userId, boolean hasToken) {
        return hasToken
                ? Optional.of(new Member(userId, Optional.empty(), Optional.empty(), Optional.empty()))
                : Optional.empty();
    }

    @Override
    public void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> reader) {
        var within = Within.span("created_at", span);
        var values = new ArrayList<>(List.of(Long.toString(userId)));
        values.addAll(within.values());
        before.ifPresent(place -> values.addAll(List.of(Moments.text(place.countsAt()), Long.toString(place.tokenId()))));
        scan("visits", """
            SELECT id, %1$s, %2$s
            FROM tokens
            WHERE used_at IS NOT NULL AND user_id = ?::bigint AND %3$s %4$s
            ORDER BY %5$s DESC, id DESC""".formatted(Moments.micros(within.moment()), Moments.micros(Moments.finite("used_at")),
                within.condition(),
                before.isPresent() ? "AND (%s, id) < (?::timestamp, ?::bigint)".formatted(within.moment()) : "", within.moment()),
                values, PlainFacts::visit, reader);
    }

    private static Visit visit(ResultSet row) throws SQLException {
        return new Visit(row.getLong(1), Moments.moment(row, 2).orElseThrow(), Moments.moment(row, 3).orElseThrow());
    }
}
