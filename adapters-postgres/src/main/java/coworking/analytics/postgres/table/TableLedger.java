package coworking.analytics.postgres.table;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.sql.CountsReader;
import coworking.analytics.postgres.sql.ReadinessProbe;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The ledger that counts the rows of the two tables anew for each query. It needs no more than the right to read them. */
public final class TableLedger implements TokenLedger {

    private static final String ALWAYS_RELIABLE = "''::text";

    private static final String DAY_COUNTS_SQL = CountsReader.dayCountsSql("""
            SELECT created_at::date AS date, count(*) AS issued, count(used_at) AS used
            FROM tokens
            GROUP BY 1""", ALWAYS_RELIABLE);

    private static final String USER_COUNTS_SQL = CountsReader.userCountsSql("""
            SELECT user_id, count(*) AS issued, count(used_at) AS used
            FROM tokens
            GROUP BY user_id""", ALWAYS_RELIABLE);

    private static final String LOCKED_TABLES = "tokens, users";

    private final DatabaseClient database;
    private final CountsReader reader;
    private final SpaceClock clock;

    /**
     * Makes a ledger.
     *
     * @param clock shows the times of snapshots; the two frozen reports show times as they are stored
     */
    public TableLedger(DatabaseClient database, SpaceClock clock) {
        this.database = database;
        this.clock = clock;
        reader = new CountsReader(database);
    }

    @Override
    public List<DayCounts> dayCounts() {
        return reader.dayCounts(DAY_COUNTS_SQL).counts();
    }

    @Override
    public PackedUserCounts userCounts() {
        return reader.userCounts(USER_COUNTS_SQL).counts();
    }

    /** None: to find out whether the tables have changed takes as long as counting them. */
    @Override
    public Optional<LedgerVersion> version() {
        return Optional.empty();
    }

    @Override
    public <T> T withSnapshot(Function<LedgerSnapshot, T> queries) {
        return database.inSnapshot(LOCKED_TABLES, session -> queries.apply(new TableSnapshot(session, clock)));
    }

    @Override
    public void ensureReadable() {
        ReadinessProbe.ensureReadable(database);
    }
}
