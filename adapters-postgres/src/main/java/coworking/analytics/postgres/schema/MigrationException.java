package coworking.analytics.postgres.schema;

import coworking.analytics.postgres.connection.DatabaseError;
import java.sql.SQLException;
import java.util.List;
import liquibase.exception.LockException;

/**
 * The migration failed. Another run, once the reason is gone, continues where this run stopped.
 *
 * <p>Reason, differences and message are safe to publish: they contain no SQL, no address and no password. The exception of the driver or of
 * Liquibase is the cause.
 */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String TABLE_LOCKED = "another transaction keeps a table locked";

    private final String reason;
    private final String[] differences;

    private MigrationException(String reason, List<String> differences) {
        super(differences.isEmpty() ? reason : reason + ": " + String.join("; ", differences));
        this.reason = reason;
        this.differences = differences.toArray(String[]::new);
    }

    /** The tables differ from what the reports need. The service does not alter tables that another system owns. */
    static MigrationException tablesDiffer(List<String> differences) {
        return new MigrationException("the tables differ from what the reports need", differences);
    }

    /** There is no schema to create a table in. */
    static MigrationException noUsableSchema() {
        return new MigrationException("the search_path names no schema that the database user may use", List.of());
    }

    /** There are no roll-ups to audit or to rebuild. */
    static MigrationException rollupsNotInstalled() {
        return new MigrationException("the roll-ups are not installed", List.of());
    }

    /** An older version installed the roll-ups. */
    static MigrationException rollupsOutdated() {
        return new MigrationException("the roll-ups are of an older version of this program: install brings them up to date", List.of());
    }

    /** The roll-ups are empty. */
    static MigrationException rollupsNotFilled() {
        return new MigrationException("the roll-ups are not filled: install goes on where it was interrupted", List.of());
    }

    /** The roll-ups of the schema follow another table of tokens. */
    static MigrationException rollupsOfOtherTable(String schema, String table) {
        return new MigrationException("the roll-ups in the schema " + schema + " belong to the table " + table
                + ": connect with a search_path that finds that table", List.of());
    }

    /** The roll-ups were filled, and yet something keeps the service from relying on them. */
    static MigrationException rollupsStillUnreliable(String obstacle) {
        return new MigrationException("the roll-ups were filled and still cannot be relied on: " + obstacle, List.of());
    }

    /** A crash empties such tables past their triggers. */
    static MigrationException tablesNotLogged() {
        return new MigrationException("the roll-ups cannot follow UNLOGGED tables, which a crash empties: ALTER TABLE ... SET LOGGED",
                List.of());
    }

    /** Changes of such tables bypass their triggers. */
    static MigrationException tablesUnsuitableForRollups() {
        return new MigrationException("the roll-ups cannot follow tables that have partitions, children or row level security", List.of());
    }

    static MigrationException causedBy(Throwable cause) {
        var failed = new MigrationException(reasonOf(cause), List.of());
        failed.initCause(cause);
        return failed;
    }

    /** Whether the migration failed only because of a lock. */
    boolean isLockTimeout() {
        return reason.equals(TABLE_LOCKED);
    }

    /** The reason, in a few words. */
    public String reason() {
        return reason;
    }

    /** All differences of the tables from what the reports need, one sentence each; empty if the reason is another one. */
    public List<String> differences() {
        return List.of(differences);
    }

    private static String reasonOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return reasonOf(refused.getSQLState(), failure);
            }
            if (cause instanceof LockException && cause.getCause() == null) {
                return "another migration is still running";
            }
        }
        return DatabaseError.of(failure).reason();
    }

    private static String reasonOf(String sqlState, Throwable failure) {
        return switch (sqlState) {
            case "42501" -> "the database user may not create tables in its schema, or not refer to the table users";
            case "25006" -> "the database is read-only";
            case "55P03", "40P01" -> TABLE_LOCKED;
            case "57014" -> "the migration took longer than the database lets it";
            default -> DatabaseError.of(failure).reason();
        };
    }
}
