package coworking.analytics.postgres.rollup;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.SnapshotSession;
import coworking.analytics.postgres.connection.SqlQuery;
import coworking.analytics.postgres.sql.CountsReader;
import coworking.analytics.postgres.sql.ReadinessProbe;
import coworking.analytics.postgres.sql.TokenScan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ledger that reads the roll-ups and the journal: as exact as counting the rows, and as fast with a hundred million tokens as with a
 * thousand.
 *
 * <p>The views of {@code rollups.sql} add the journal to the roll-ups. Each query is one statement and so sees one snapshot, in which every
 * change is either in the journal or in the roll-ups.
 */
public final class RollupLedger implements TokenLedger {

    private static final String DAY_COUNTS_SQL = CountsReader.dayCountsSql("""
            SELECT day AS date, issued, used
            FROM coworking_analytics.day_counts
            WHERE issued <> 0""");

    private static final String USER_COUNTS_SQL = CountsReader.userCountsSql("""
            SELECT user_id, issued, used
            FROM coworking_analytics.user_counts
            WHERE issued <> 0""");

    // Until the next fold rows are only added to the journal, and their ids are positive, so the sum of ids differs for any two of its
    // states. The number of rows could be the same on a standby that took over a moment before the rows arrived.
    //
    // The generation alone is the same in a copy of the database, and ids come again after a crash that lost commits. Both have
    // another server start or another last checkpoint.
    static final SqlQuery VERSION = new SqlQuery("version", """
            SELECT concat_ws(' ', generation, (SELECT oid FROM pg_database WHERE datname = current_database()),
                       pg_postmaster_start_time(), (SELECT checkpoint_lsn FROM pg_control_checkpoint())) AS generation,
                   (SELECT (coalesce(sum(id), 0) % 9000000000000000000)::bigint FROM coworking_analytics.journal) AS journal
            FROM coworking_analytics.state""");

    // To lock a view locks what it reads.
    private static final String LOCKED_TABLES = """
            tokens, users, coworking_analytics.day_counts, coworking_analytics.hour_counts, coworking_analytics.return_counts,
            coworking_analytics.user_counts, coworking_analytics.journal, coworking_analytics.state""";

    private final DatabaseClient database;
    private final CountsReader reader;
    private final Function<SnapshotSession, TokenScan> tokenScans;

    /**
     * Makes a ledger.
     *
     * @param tokenScans makes the snapshot that reads the tokens for what the roll-ups do not tell
     */
    public RollupLedger(DatabaseClient database, Function<SnapshotSession, TokenScan> tokenScans) {
        this.database = database;
        this.tokenScans = tokenScans;
        reader = new CountsReader(database);
    }

    @Override
    public List<DayCounts> dayCounts() {
        return reader.dayCounts(DAY_COUNTS_SQL);
    }

    @Override
    public PackedUserCounts userCounts() {
        return reader.userCounts(USER_COUNTS_SQL);
    }

    @Override
    public Optional<LedgerVersion> version() {
        return database.query(VERSION.name(), connection -> VERSION.list(connection, RollupLedger::readVersion)).stream().findFirst();
    }

    static LedgerVersion readVersion(ResultSet row) throws SQLException {
        return new LedgerVersion(row.getString("generation"), row.getLong("journal"));
    }

    @Override
    public <T> T withSnapshot(Function<LedgerSnapshot, T> queries) {
        return database.inSnapshot(LOCKED_TABLES, session -> queries.apply(new RollupSnapshot(session, tokenScans.apply(session))));
    }

    /** The roll-ups add nothing to readiness: without them the service reads the tokens. */
    @Override
    public void ensureReadable() {
        ReadinessProbe.ensureReadable(database);
    }
}
