package coworking.analytics.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.GlobalConfiguration;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * Brings a database to the newest state: creates the tables that are missing and adopts those that another system has made.
 *
 * <p>It never alters a table that is already there. Where one of them is not what the reports need, it refuses before it has
 * changed anything.
 *
 * <p>Any number of processes may migrate one database at once: the first one works, the others wait for it and find nothing to do.
 * What keeps them apart is a lock that ends with the database session, so a process that is killed leaves nothing to clean up.
 */
public final class Migrations {

    private static final String TABLES = "coworking/analytics/postgres/changelog.sql";
    private static final String ROLLUPS = "coworking/analytics/postgres/rollups.sql";
    private static final String LOCK_TIMEOUT = "5s";
    private static final String LOCK_TIMEOUT_BESIDE_WRITERS = "25ms";
    private static final int MINUTES_FOR_OTHER_MIGRATIONS = 1;
    private static final int SECONDS_BETWEEN_LOOKS = 1;

    /** Liquibase keeps registries of its own per JVM, and one migration that ends clears those of another that runs. */
    private static final ReentrantLock TURN = new ReentrantLock();

    private static final Map<String, Object> SCOPE = Map.of(
            AnalyticsArgs.ENABLED.getKey(), false,
            GlobalConfiguration.PRESERVE_SCHEMA_CASE.getKey(), true,
            Scope.Attr.logService.name(), new QuietLog(),
            Scope.Attr.ui.name(), new LoggerUIService());

    private final DataSource source;

    /**
     * Makes the migrations of one database; connects to nothing yet.
     *
     * @param source gives connections that may write and create tables, in the schema that comes first in their search_path
     */
    Migrations(DataSource source) {
        this.source = source;
    }

    /** Makes the migrations of the database that the settings name; connects to nothing yet. */
    public static Migrations of(DatabaseSettings settings) {
        var server = coworking.analytics.postgres.Database.command(settings);
        // A migration may take its time.
        server.setSocketTimeout(0);
        return new Migrations(server);
    }

    /**
     * Brings the database to the newest state.
     *
     * @return what was done; after it, both tables are there and fit for the reports
     * @throws MigrationFailed where that cannot be had, for whatever reason
     */
    public Report run() {
        return run(TABLES, LOCK_TIMEOUT);
    }

    /**
     * Puts the journal, its triggers and the empty roll-ups beside the tables, which must be there already.
     *
     * @throws MigrationFailed where that cannot be had; {@linkplain MigrationFailed#isForALock() for a lock} where a writer keeps a
     *         table for longer than other writers may be made to wait, so that it has to be tried again
     */
    void addRollups() {
        run(ROLLUPS, LOCK_TIMEOUT_BESIDE_WRITERS);
    }

    private Report run(String changelog, String lockTimeout) {
        TURN.lock();
        try {
            return Scope.child(SCOPE, () -> migrate(changelog, lockTimeout));
        } catch (MigrationFailed failed) {
            throw failed;
        } catch (Exception failure) {
            throw MigrationFailed.because(failure);
        } finally {
            TURN.unlock();
        }
    }

    private Report migrate(String changelog, String lockTimeout) throws SQLException, LiquibaseException {
        try (var connection = source.getConnection(); var _ = new MigrationSession(connection, lockTimeout)) {
            var database = new PostgresDatabase();
            database.setConnection(new JdbcConnection(connection));
            waitForTurn(database, connection);
            refuse(changelog.equals(TABLES) ? TableShape.differencesOfExisting(connection) : TableShape.differences(connection));
            var report = update(database, changelog);
            refuse(TableShape.differences(connection));
            return report;
        }
    }

    /** Liquibase itself takes the lock only after it has made its own tables, which two at once cannot do. */
    private static void waitForTurn(Database database, Connection connection) throws LiquibaseException, SQLException {
        if (database.getDefaultSchemaName() == null) {
            throw MigrationFailed.nowhere();
        }
        var lock = LockServiceFactory.getInstance().getLockService(database);
        lock.setChangeLogLockWaitTime(MINUTES_FOR_OTHER_MIGRATIONS);
        lock.setChangeLogLockRecheckTime(SECONDS_BETWEEN_LOOKS);
        lock.waitForLock();
        connection.rollback();
    }

    private static void refuse(List<String> differences) {
        if (!differences.isEmpty()) {
            throw MigrationFailed.misshapen(differences);
        }
    }

    private static Report update(Database database, String changelog) throws LiquibaseException {
        var outcomes = new Outcomes();
        @SuppressWarnings("resource") // Closing it would close the connection before it is restored.
        var liquibase = new Liquibase(changelog, new ClassLoaderResourceAccessor(), database);
        liquibase.setShowSummary(UpdateSummaryEnum.OFF);
        liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
        liquibase.setChangeExecListener(outcomes);
        liquibase.update();
        return new Report(outcomes.created, outcomes.adopted);
    }

    /**
     * What a run did, in the order in which it was done; {@code toString} says it in a line.
     *
     * @param created the tables that were missing
     * @param adopted the tables that were there already, and that no run had seen before
     */
    public record Report(List<String> created, List<String> adopted) {

        /** Makes a report of its own copies. */
        public Report {
            created = List.copyOf(created);
            adopted = List.copyOf(adopted);
        }

        /** True where there was nothing to do. */
        public boolean isUpToDate() {
            return created.isEmpty() && adopted.isEmpty();
        }

        @Override
        public String toString() {
            return isUpToDate()
                    ? "already up to date"
                    : Stream.of(did("created", created), did("adopted", adopted))
                            .filter(done -> !done.isEmpty())
                            .collect(Collectors.joining(", "));
        }

        private static String did(String what, List<String> tables) {
            return tables.isEmpty() ? "" : what + " " + String.join(" and ", tables);
        }
    }

    /** Collects what became of each changeset; one whose table was there already is marked as run. */
    private static final class Outcomes extends AbstractChangeExecListener {

        private final List<String> created = new ArrayList<>();
        private final List<String> adopted = new ArrayList<>();

        @Override
        public void ran(ChangeSet change, DatabaseChangeLog changelog, Database database, ExecType type) {
            (type == ExecType.MARK_RAN ? adopted : created).add(change.getId());
        }
    }
}
