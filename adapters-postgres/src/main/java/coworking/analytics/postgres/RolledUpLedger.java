package coworking.analytics.postgres;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.UserTallies;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ledger that adds the journal to the roll-ups, where {@link Rollups} has installed them: as exact as counting the rows, and
 * as fast with a hundred million tokens as with a thousand.
 *
 * <p>Each answer is one statement and so one snapshot, in which every change is either in the journal or in the roll-ups. Where the
 * journal holds a TRUNCATE, nothing counts that was journalled or rolled up before it.
 */
final class RolledUpLedger implements TokenLedger {

    /** The id below which nothing counts any more; NULL where everything does. */
    static final String LATEST_WIPE = "(SELECT max(id) FROM coworking_analytics.journal WHERE wipes)";

    private static final String DAYS = TallyReader.daysFrom("""
            SELECT day AS date, sum(issued) AS issued, sum(used) AS used
            FROM (
                SELECT day, issued, used FROM coworking_analytics.by_day WHERE %1$s IS NULL
                UNION ALL
                SELECT day, issued, used FROM coworking_analytics.journal WHERE day IS NOT NULL AND id > coalesce(%1$s, 0)
            ) AS counted
            GROUP BY day
            HAVING sum(issued) <> 0""".formatted(LATEST_WIPE));

    // Few users are in the journal, and many in the roll-up, which comes in their order.
    private static final String USERS = TallyReader.usersFrom("""
            SELECT coalesce(kept.user_id, new.user_id) AS user_id,
                   coalesce(kept.issued, 0) + coalesce(new.issued, 0) AS issued,
                   coalesce(kept.used, 0) + coalesce(new.used, 0) AS used
            FROM (
                SELECT user_id, issued, used FROM coworking_analytics.by_user WHERE %1$s IS NULL
            ) AS kept
            FULL JOIN (
                SELECT user_id, sum(issued) AS issued, sum(used) AS used
                FROM coworking_analytics.journal
                WHERE user_id IS NOT NULL AND id > coalesce(%1$s, 0)
                GROUP BY user_id
            ) AS new ON new.user_id = kept.user_id
            WHERE coalesce(kept.issued, 0) + coalesce(new.issued, 0) <> 0""".formatted(LATEST_WIPE));

    // Until the next fold rows are only added to the journal, and all their ids are positive: the sum tells every set of them from
    // those before it. A mere count would not tell them from those of a standby that took over a moment before they arrived.
    //
    // The generation alone would come again in a copy of the database, and ids after a crash that lost commits nobody had waited for.
    // What begins anew then has another server start or another last checkpoint.
    static final String VERSION = """
            SELECT concat_ws(' ', generation, (SELECT oid FROM pg_database WHERE datname = current_database()),
                       pg_postmaster_start_time(), (SELECT checkpoint_lsn FROM pg_control_checkpoint())),
                   (SELECT (coalesce(sum(id), 0) % 9000000000000000000)::bigint FROM coworking_analytics.journal)
            FROM coworking_analytics.state""";

    private static final String TABLES = """
            tokens, users, coworking_analytics.by_day, coworking_analytics.by_hour, coworking_analytics.by_return,
            coworking_analytics.by_user, coworking_analytics.journal, coworking_analytics.state""";

    private final Database database;
    private final TallyReader reader;
    private final PlainLedger tables;

    RolledUpLedger(Database database) {
        this.database = database;
        reader = new TallyReader(database);
        tables = new PlainLedger(database);
    }

    @Override
    public List<DayTally> dayTallies() {
        return reader.days(DAYS);
    }

    @Override
    public UserTallies userTallies() {
        return reader.users(USERS);
    }

    @Override
    public Optional<Version> version() {
        return database.askDirectly("version", connection -> {
            try (var statement = connection.prepareStatement(VERSION); var row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Version(row.getString(1), row.getLong(2))) : Optional.empty();
            }
        });
    }

    @Override
    public <T> T converse(Function<Facts, T> questions) {
        return database.converse(TABLES, conversation -> questions.apply(new RolledUpFacts(conversation)));
    }

    /** What anybody needs in order to be ready is that tokens can be read. */
    @Override
    public void ensureReadable() {
        tables.ensureReadable();
    }
}
