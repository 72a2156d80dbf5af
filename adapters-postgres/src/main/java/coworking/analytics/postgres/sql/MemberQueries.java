package coworking.analytics.postgres.sql;

import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberPosition;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.connection.SnapshotSession;
import coworking.analytics.postgres.connection.SqlQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Queries for members and their visits, over counts per user from either ledger. */
public final class MemberQueries {

    /** What {@link #readMember} reads of "users", which a query may join without a match. It needs the parameter {@code with_names}. */
    public static final String MEMBER_COLUMNS = """
            users.id IS NOT NULL AS is_known,
            (extract(epoch FROM CASE users.joined_at
                                WHEN 'infinity' THEN TIMESTAMP '9999-12-31 23:59:59.999999'
                                WHEN '-infinity' THEN TIMESTAMP '0001-01-01'
                                ELSE users.joined_at END
                           - TIMESTAMP '2000-01-01') * 1000000)::bigint AS joined_micros,
            users.is_active IS TRUE AS is_active,
            CASE WHEN :with_names::boolean THEN coalesce(users.first_name, '') END AS first_name,
            CASE WHEN :with_names::boolean THEN coalesce(users.last_name, '') END AS last_name""";

    private static final String MEMBER_VISITS_SQL = """
            SELECT visitor.user_id, visitor.issued, visitor.used,
            {member}
            FROM (
                SELECT user_id, issued, used
                FROM ({counts}) AS counts
                WHERE {visits} >= :min_visits::bigint AND {active} AND {after}
                ORDER BY {order}
                LIMIT :max_rows::bigint
            ) AS visitor
            LEFT JOIN users ON users.id = visitor.user_id
            ORDER BY {order}""";

    private static final String COUNT_MEMBERS_SQL = """
            SELECT count(*) AS members
            FROM ({counts}) AS counts
            WHERE {visits} >= :min_visits::bigint AND {active}""";

    private static final String IS_ACTIVE_SQL = "user_id IN (SELECT id FROM users WHERE is_active IS TRUE)";
    private static final String IS_INACTIVE_SQL = "user_id IN (SELECT id FROM users WHERE is_active IS NOT TRUE)";

    private MemberQueries() {}

    /** Reads the {@link #MEMBER_COLUMNS}, and shows the time of joining on the space's wall clock. */
    public static Member readMember(long userId, ResultSet row, SpaceClock clock) throws SQLException {
        return row.getBoolean("is_known")
                ? new Member(userId, TimestampSql.readMicros(row, "joined_micros").map(clock::at), Optional.of(row.getBoolean("is_active")),
                        readName(row))
                : new Member(userId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<PersonName> readName(ResultSet row) throws SQLException {
        var firstName = row.getString("first_name");
        return row.wasNull() ? Optional.empty() : Optional.of(new PersonName(firstName, row.getString("last_name")));
    }

    /**
     * Hands members to a reader until it returns false.
     *
     * @param counts a query for user_id, issued and used, with one row for each user
     */
    public static void memberVisits(SnapshotSession session, SqlFragment counts, MemberVisitsCriteria criteria, SpaceClock clock,
            Predicate<MemberVisits> reader) {
        var order = Order.of(criteria.order());
        var query = withCriteria(new SqlQuery("member visits", MEMBER_VISITS_SQL
                .replace("{order}", order.columns).replace("{after}", order.after).replace("{member}", MEMBER_COLUMNS)), counts, criteria)
                .bind("with_names", Boolean.toString(criteria.withNames()));
        new KeysetQuery<>(bindPosition(query, criteria.after().orElse(order.start)), row -> readMemberVisits(row, clock),
                (page, last) -> bindPosition(page, positionOf(last, criteria)), KeysetQuery.PAGE_ROWS).forEachRow(session, reader);
    }

    private static SqlQuery bindPosition(SqlQuery query, MemberPosition position) {
        return query.bind("after_visits", position.visits()).bind("after_user", position.userId());
    }

    private static MemberPosition positionOf(MemberVisits last, MemberVisitsCriteria criteria) {
        return new MemberPosition(criteria.countedTokens() == CountedTokens.USED ? last.used() : last.issued(), last.member().userId());
    }

    private static MemberVisits readMemberVisits(ResultSet row, SpaceClock clock) throws SQLException {
        return new MemberVisits(readMember(row.getLong("user_id"), row, clock), row.getLong("issued"), row.getLong("used"));
    }

    /** How many members {@link #memberVisits} hands out, from the first page on. */
    public static long countMembers(SnapshotSession session, SqlFragment counts, MemberVisitsCriteria criteria) {
        return session.queryOne(withCriteria(new SqlQuery("count of members", COUNT_MEMBERS_SQL), counts, criteria),
                row -> row.getLong("members"));
    }

    private static SqlQuery withCriteria(SqlQuery query, SqlFragment counts, MemberVisitsCriteria criteria) {
        return query
                .insert("counts", counts.sql())
                .insert("visits", criteria.countedTokens() == CountedTokens.USED ? "used" : "issued")
                .insert("active", criteria.isActive().map(isActive -> isActive ? IS_ACTIVE_SQL : IS_INACTIVE_SQL).orElse("true"))
                .bind(counts.parameters())
                .bind("min_visits", criteria.minVisits());
    }

    /**
     * An order of members.
     *
     * @param columns what PostgreSQL sorts by
     * @param after holds for members after a position
     * @param start the position before all members
     */
    private record Order(String columns, String after, MemberPosition start) {

        private static Order of(MemberOrder order) {
            return switch (order) {
                case MOST_VISITS -> new Order("{visits} DESC, user_id", """
                        ({visits} < :after_visits::bigint OR {visits} = :after_visits::bigint AND user_id > :after_user::bigint)""",
                        new MemberPosition(Long.MAX_VALUE, Long.MAX_VALUE));
                case FEWEST_VISITS -> new Order("{visits}, user_id", """
                        ({visits} > :after_visits::bigint OR {visits} = :after_visits::bigint AND user_id > :after_user::bigint)""",
                        new MemberPosition(-1, Long.MAX_VALUE));
                case ID -> new Order("user_id", "user_id > :after_user::bigint", new MemberPosition(0, Long.MIN_VALUE));
            };
        }
    }
}
