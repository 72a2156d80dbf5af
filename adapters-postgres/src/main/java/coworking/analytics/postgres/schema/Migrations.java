package coworking.analytics.postgres.schema;

import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.DatabaseSettings;
import coworking.analytics.postgres.sql.RollupSchema;
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
 * Migrates a database: creates the tables that are missing and adopts those that another system has created.
 *
 * <p>It never alters an existing table. If a table differs from what the reports need, the migration fails before it changes anything.
 *
 * <p>Several processes may migrate one database at once: the first one works, the others wait for it and find nothing to do. The lock between
 * them ends with the database session, so a killed process leaves nothing to clean up.
 */
public final class Migrations {

    private static final String TABLES_CHANGELOG = "coworking/analytics/postgres/schema/changelog.sql";
    private static final String ROLLUPS_CHANGELOG = "coworking/analytics/postgres/schema/rollups.sql";
    private static final String LOCK_TIMEOUT = "5s";
    private static final String LOCK_TIMEOUT_BESIDE_WRITERS = "25ms";
    private static final int MAX_LOCK_WAIT_MINUTES = 1;
    private static final int LOCK_POLL_SECONDS = 1;

    /** Liquibase keeps registries for the whole JVM, and the end of one migration clears those of another. */
    private static final ReentrantLock MIGRATION_LOCK = new ReentrantLock();

    private static final Map<String, Object> LIQUIBASE_SCOPE = Map.of(
            AnalyticsArgs.ENABLED.getKey(), false,
            GlobalConfiguration.PRESERVE_SCHEMA_CASE.getKey(), true,
            Scope.Attr.logService.name(), new LiquibaseLogService(),
            Scope.Attr.ui.name(), new LoggerUIService());

    private final DataSource dataSource;

    /**
     * Makes the migrations of a database. It does not connect yet.
     *
     * @param dataSource opens connections that may write and create tables, in the first schema of their search_path
     */
    Migrations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Makes the migrations of the database of the settings. It does not connect yet. */
    public static Migrations of(DatabaseSettings settings) {
        var dataSource = DatabaseClient.commandDataSource(settings);
        // A migration has no time limit.
        dataSource.setSocketTimeout(0);
        return new Migrations(dataSource);
    }

    /**
     * Migrates the database.
     *
     * @return the changes; both tables exist now and fit the reports
     * @throws MigrationException if the migration fails, for whatever reason
     */
    public MigrationReport run() {
        return run(TABLES_CHANGELOG, LOCK_TIMEOUT, Map.of());
    }

    /**
     * Adds the journal and its triggers to the tables, which exist already.
     *
     * @return whether it changed anything
     * @throws MigrationException if that is not possible; {@linkplain MigrationException#isLockTimeout() for a lock} if a writer keeps a
     *         table for longer than other writers may wait, so that another attempt is needed
     */
    boolean addRollups(RollupSchema schema) {
        return !run(ROLLUPS_CHANGELOG, LOCK_TIMEOUT_BESIDE_WRITERS, Map.of("rollups", schema.name())).isUpToDate();
    }

    private MigrationReport run(String changelog, String lockTimeout, Map<String, String> parameters) {
        MIGRATION_LOCK.lock();
        try {
            return Scope.child(LIQUIBASE_SCOPE, () -> migrate(changelog, lockTimeout, parameters));
        } catch (MigrationException failed) {
            throw failed;
        } catch (Exception failure) {
            throw MigrationException.causedBy(failure);
        } finally {
            MIGRATION_LOCK.unlock();
        }
    }

    private MigrationReport migrate(String changelog, String lockTimeout, Map<String, String> parameters)
            throws SQLException, LiquibaseException {
        try (var connection = dataSource.getConnection(); var _ = new MigrationSession(connection, lockTimeout)) {
            var database = new PostgresDatabase();
            database.setConnection(new JdbcConnection(connection));
            waitForLock(database, connection);
            requireNoDifferences(changelog.equals(TABLES_CHANGELOG)
                    ? ExpectedTable.differencesOfExisting(connection)
                    : ExpectedTable.differences(connection));
            var report = update(database, changelog, parameters);
            requireNoDifferences(ExpectedTable.differences(connection));
            return report;
        }
    }

    /** Liquibase takes the lock only after it has created its own tables, which two processes cannot do at once. */
    private static void waitForLock(Database database, Connection connection) throws LiquibaseException, SQLException {
        if (database.getDefaultSchemaName() == null) {
            throw MigrationException.noUsableSchema();
        }
        var lock = LockServiceFactory.getInstance().getLockService(database);
        lock.setChangeLogLockWaitTime(MAX_LOCK_WAIT_MINUTES);
        lock.setChangeLogLockRecheckTime(LOCK_POLL_SECONDS);
        lock.waitForLock();
        connection.rollback();
    }

    private static void requireNoDifferences(List<String> differences) {
        if (!differences.isEmpty()) {
            throw MigrationException.tablesDiffer(differences);
        }
    }

    private static MigrationReport update(Database database, String changelog, Map<String, String> parameters) throws LiquibaseException {
        var outcomes = new ChangesetOutcomes();
        @SuppressWarnings("resource") // It would close the connection before the session restores it.
        var liquibase = new Liquibase(changelog, new ClassLoaderResourceAccessor(), database);
        parameters.forEach(liquibase::setChangeLogParameter);
        liquibase.setShowSummary(UpdateSummaryEnum.OFF);
        liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
        liquibase.setChangeExecListener(outcomes);
        liquibase.update();
        return new MigrationReport(outcomes.created, outcomes.adopted);
    }

    /**
     * The changes of a run, in their order; {@code toString} describes them in one line.
     *
     * @param created the tables that were missing
     * @param adopted the tables that existed already and that no run had seen before
     */
    public record MigrationReport(List<String> created, List<String> adopted) {

        /** Copies the lists. */
        public MigrationReport {
            created = List.copyOf(created);
            adopted = List.copyOf(adopted);
        }

        /** Whether there was nothing to do. */
        public boolean isUpToDate() {
            return created.isEmpty() && adopted.isEmpty();
        }

        @Override
        public String toString() {
            return isUpToDate()
                    ? "already up to date"
                    : Stream.of(describe("created", created), describe("adopted", adopted))
                            .filter(done -> !done.isEmpty())
                            .collect(Collectors.joining(", "));
        }

        private static String describe(String action, List<String> tables) {
            return tables.isEmpty() ? "" : action + " " + String.join(" and ", tables);
        }
    }

    /** Collects the outcome of each changeset. A changeset is marked as run if its table exists already. */
    private static final class ChangesetOutcomes extends AbstractChangeExecListener {

        private final List<String> created = new ArrayList<>();
        private final List<String> adopted = new ArrayList<>();

        @Override
        public void ran(ChangeSet change, DatabaseChangeLog changelog, Database database, ExecType type) {
            (type == ExecType.MARK_RAN ? adopted : created).add(change.getId());
        }
    }
}
