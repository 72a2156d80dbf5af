package coworking.analytics.postgres.rollup;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.SnapshotSession;
import coworking.analytics.postgres.connection.SqlQuery;
import coworking.analytics.postgres.sql.CountsReader;
import coworking.analytics.postgres.sql.CountsReader.CheckedCounts;
import coworking.analytics.postgres.sql.ReadinessProbe;
import coworking.analytics.postgres.sql.RollupSchema;
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
 * change is either in the journal or in the roll-ups. The same snapshot tells whether the roll-ups can be relied on; if not, a query throws
 * {@link UnreliableRollupsException}.
 */
public final class RollupLedger implements TokenLedger {

    /** In the text of a statement, pg_control_checkpoint() keeps a balancer from sending it to a replica. */
    private static final String OBSTACLE_SQL = "coalesce((SELECT obstacle FROM {rollups}.reliance, pg_control_checkpoint()), 'they have no state')";

    private static final String DAY_COUNTS_SQL = CountsReader.dayCountsSql("""
            SELECT day AS date, issued, used
            FROM {rollups}.counts_by_day
            WHERE issued <> 0""", OBSTACLE_SQL);

    private static final String USER_COUNTS_SQL = CountsReader.userCountsSql("""
            SELECT user_id, issued, used
            FROM {rollups}.counts_by_user
            WHERE issued <> 0""", OBSTACLE_SQL);

    // Until the next fold rows are only added to the journal, and their ids are positive, so the sum of ids differs for any two of its
    // states. The number of rows could be the same on a standby that took over a moment before the rows arrived.
    //
    // The generation alone is the same in a copy of the database, and ids come again after a crash that lost commits. Both have
    // another server start or another last checkpoint. A rewritten table "users" has another file.
    private static final SqlQuery VERSION = new SqlQuery("version", """
            SELECT obstacle,
                   clock,
                   concat_ws(' ', generation, users_file, (SELECT oid FROM pg_database WHERE datname = current_database()),
                       pg_postmaster_start_time(), (SELECT checkpoint_lsn FROM pg_control_checkpoint())) AS generation,
                   (SELECT (coalesce(sum(id), 0) % 9000000000000000000)::bigint FROM {rollups}.journal) AS journal
            FROM {rollups}.reliance""");

    // To lock a view locks what it reads.
    private static final String LOCKED_TABLES = """
            tokens, users, {rollups}.counts_by_day, {rollups}.counts_by_hour, {rollups}.counts_by_return, {rollups}.counts_by_user,
            {rollups}.journal, {rollups}.state""";

    private final DatabaseClient database;
    private final RollupSchema schema;
    private final SpaceClock clock;
    private final CountsReader reader;
    private final Function<SnapshotSession, TokenScan> tokenScans;

    /**
     * Makes a ledger.
     *
     * @param tokenScans makes the snapshot that reads the tokens for what the roll-ups do not tell
     */
    public RollupLedger(DatabaseClient database, RollupSchema schema, SpaceClock clock, Function<SnapshotSession, TokenScan> tokenScans) {
        this.database = database;
        this.schema = schema;
        this.clock = clock;
        this.tokenScans = tokenScans;
        reader = new CountsReader(database);
    }

    @Override
    public List<DayCounts> dayCounts() {
        return countsOf(reader.dayCounts(schema.in(DAY_COUNTS_SQL)));
    }

    @Override
    public PackedUserCounts userCounts() {
        return countsOf(reader.userCounts(schema.in(USER_COUNTS_SQL)));
    }

    private static <T> T countsOf(CheckedCounts<T> counts) {
        throwIfPresent(counts.obstacle());
        return counts.counts();
    }

    private static void throwIfPresent(String obstacle) {
        if (!obstacle.isEmpty()) {
            throw new UnreliableRollupsException(obstacle);
        }
    }

    @Override
    public Optional<LedgerVersion> version() {
        var query = schema.in(VERSION);
        return Optional.of(versionOf(database.query(query.name(), connection -> query.list(connection, CheckedVersion::read))));
    }

    private LedgerVersion versionOf(List<CheckedVersion> versions) {
        if (versions.isEmpty()) {
            throw new UnreliableRollupsException("they have no state");
        }
        var version = versions.getFirst();
        throwIfPresent(version.obstacle);
        if (!clock.fingerprint().equals(version.clock)) {
            throw new UnreliableRollupsException("they were filled for another time zone");
        }
        return version.version;
    }

    @Override
    public <T> T withSnapshot(Function<LedgerSnapshot, T> queries) {
        return database.inSnapshot(schema.in(LOCKED_TABLES), session -> {
            var version = versionOf(session.queryAll(schema.in(VERSION), CheckedVersion::read));
            return queries.apply(new RollupSnapshot(session, schema, version, tokenScans.apply(session)));
        });
    }

    /** The roll-ups add nothing to readiness: without them the service reads the tokens. */
    @Override
    public void ensureReadable() {
        ReadinessProbe.ensureReadable(database);
    }

    private record CheckedVersion(String obstacle, String clock, LedgerVersion version) {

        static CheckedVersion read(ResultSet row) throws SQLException {
            return new CheckedVersion(row.getString("obstacle"), String.valueOf(row.getString("clock")),
                    new LedgerVersion(row.getString("generation"), row.getLong("journal")));
        }
    }
}
