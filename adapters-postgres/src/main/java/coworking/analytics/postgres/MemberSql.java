package coworking.analytics.postgres;

import coworking.analytics.application.port.out.Facts.Counted;
import coworking.analytics.application.port.out.Facts.MemberPosition;
import coworking.analytics.application.port.out.Facts.MemberQuestion;
import coworking.analytics.application.port.out.Facts.Order;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.Name;
import coworking.analytics.postgres.Conversation.Question;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who came how often, out of tallies that SQL has counted, wherever it found them. */
final class MemberSql {

    /** A page and the row that tells whether there is another one. PostgreSQL need not sort what nobody asks for. */
    private static final int FIRST_ROWS = 1_024;

    private static final int KNOWN = 1;
    private static final int JOINED_AT = 2;
    private static final int IS_ACTIVE = 3;
    private static final int FIRST_NAME = 4;
    private static final int LAST_NAME = 5;

    private static final String JOINED = Moments.micros(Moments.finite("users.joined_at"));

    private MemberSql() {}

    /** The columns of "users", perhaps joined in vain, from which {@link #member} reads what is known of a user. */
    static String columns(boolean withNames) {
        return "users.id IS NOT NULL, %s, users.is_active IS TRUE, %s".formatted(JOINED, withNames
                ? "coalesce(users.first_name, ''), coalesce(users.last_name, '')"
                : "NULL, NULL");
    }

    /** Reads a member whose columns come after so many others. */
    static Member member(long userId, ResultSet row, int before) throws SQLException {
        return row.getBoolean(before + KNOWN)
                ? new Member(userId, Moments.moment(row, before + JOINED_AT), Optional.of(row.getBoolean(before + IS_ACTIVE)),
                        name(row, before))
                : new Member(userId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<Name> name(ResultSet row, int before) throws SQLException {
        var first = row.getString(before + FIRST_NAME);
        return row.wasNull() ? Optional.empty() : Optional.of(new Name(first, row.getString(before + LAST_NAME)));
    }

    static void visits(Conversation conversation, Subquery tallying, MemberQuestion question, Predicate<MemberVisits> reader) {
        var first = conversation.all(visits(tallying, question, question.after(), "LIMIT " + FIRST_ROWS), MemberSql::visits);
        for (var member : first) {
            if (!reader.test(member)) {
                return;
            }
        }
        if (first.size() == FIRST_ROWS) {
            conversation.each(visits(tallying, question, Optional.of(position(first.getLast(), question)), ""), MemberSql::visits, reader);
        }
    }

    private static MemberPosition position(MemberVisits last, MemberQuestion question) {
        return new MemberPosition(question.count() == Counted.USED ? last.used() : last.issued(), last.member().userId());
    }

    private static MemberVisits visits(ResultSet row) throws SQLException {
        return new MemberVisits(member(row.getLong(1), row, 3), row.getLong(2), row.getLong(3));
    }

    private static Question visits(Subquery tallying, MemberQuestion question, Optional<MemberPosition> after, String limit) {
        var order = order(question.order(), question.count());
        var values = new ArrayList<>(tallying.values());
        return new Question("member visits", """
            SELECT tally.user_id, tally.issued, tally.used, %1$s
            FROM (
                SELECT user_id, issued, used
                FROM (%2$s) AS tally
                WHERE %3$s
                ORDER BY %4$s
                %5$s
            ) AS tally
            LEFT JOIN users ON users.id = tally.user_id
            ORDER BY %4$s""".formatted(columns(question.withNames()), tallying.sql(), conditions(question, after, values), order, limit),
                values);
    }

    private static String order(Order order, Counted count) {
        return switch (order) {
            case MOST_VISITS -> "tally.%s DESC, tally.user_id".formatted(column(count));
            case FEWEST_VISITS -> "tally.%s, tally.user_id".formatted(column(count));
            case ID -> "tally.user_id";
        };
    }

    private static String column(Counted count) {
        return count == Counted.USED ? "used" : "issued";
    }

    private static String conditions(MemberQuestion question, Optional<MemberPosition> after, List<String> values) {
        var visits = column(question.count());
        var conditions = new StringBuilder(visits + " >= ?::bigint");
        values.add(Long.toString(question.leastVisits()));
        question.isActive().ifPresent(isActive -> conditions
                .append(" AND user_id IN (SELECT id FROM users WHERE is_active IS ").append(isActive ? "TRUE)" : "NOT TRUE)"));
        after.ifPresent(position -> conditions.append(" AND ").append(comesAfter(position, question.order(), visits, values)));
        return conditions.toString();
    }

    private static String comesAfter(MemberPosition position, Order order, String visits, List<String> values) {
        var userId = Long.toString(position.userId());
        if (order == Order.ID) {
            values.add(userId);
            return "user_id > ?::bigint";
        }
        values.addAll(List.of(Long.toString(position.visits()), Long.toString(position.visits()), userId));
        return "(%1$s %2$s ?::bigint OR %1$s = ?::bigint AND user_id > ?::bigint)".formatted(visits,
                order == Order.MOST_VISITS ? "<" : ">");
    }

    static long count(Conversation conversation, Subquery tallying, MemberQuestion question) {
        var values = new ArrayList<>(tallying.values());
        var sql = """
            SELECT count(*)
            FROM (%s) AS tally
            WHERE %s""".formatted(tallying.sql(), conditions(question, Optional.empty(), values));
        return conversation.one(new Question("count of members", sql, values), row -> row.getLong(1));
    }
}
