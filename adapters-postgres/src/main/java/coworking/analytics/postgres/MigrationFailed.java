package coworking.analytics.postgres;

import java.sql.SQLException;
import java.util.List;
import liquibase.exception.LockException;

/**
 * The database was not brought to the newest state. Trying again, once the reason is gone, takes up where this run stopped.
 *
 * <p>Reason, differences and message are for anybody to read: no SQL, no address, no password. Whatever the driver or Liquibase said
 * is the cause.
 */
public final class MigrationFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String LOCKED = "another transaction keeps a table locked";

    private final String reason;
    private final String[] differences;

    private MigrationFailed(String reason, List<String> differences) {
        super(differences.isEmpty() ? reason : reason + ": " + String.join("; ", differences));
        this.reason = reason;
        this.differences = differences.toArray(String[]::new);
    }

    /** The tables are not what the reports need; the service will not change tables that hold somebody's data. */
    static MigrationFailed misshapen(List<String> differences) {
        return new MigrationFailed("the tables differ from what the reports need", differences);
    }

    /** There is nowhere to create a table. */
    static MigrationFailed nowhere() {
        return new MigrationFailed("the search_path names no schema that the database user may use", List.of());
    }

    /** There is nothing to be audited or rebuilt. */
    static MigrationFailed withoutRollups() {
        return new MigrationFailed("the roll-ups are not installed", List.of());
    }

    /** What is there lacks what this version needs. */
    static MigrationFailed withOlderRollups() {
        return new MigrationFailed("the roll-ups are of an older version of this program: install brings them up to date", List.of());
    }

    /** There is nothing to be audited yet. */
    static MigrationFailed withoutFilledRollups() {
        return new MigrationFailed("the roll-ups are not filled: install goes on where it was interrupted", List.of());
    }

    /** Triggers on the tables would not see all that changes what they show. */
    static MigrationFailed notForRollups() {
        return new MigrationFailed("the roll-ups cannot follow tables that have partitions, children or row level security", List.of());
    }

    static MigrationFailed because(Throwable cause) {
        var failed = new MigrationFailed(reasonOf(cause), List.of());
        failed.initCause(cause);
        return failed;
    }

    /** Whether a lock was all that was missing. */
    boolean isForALock() {
        return reason.equals(LOCKED);
    }

    /** Why, in a few words. */
    public String reason() {
        return reason;
    }

    /** How the tables differ from what the reports need, all of it, one sentence each; empty where the reason is another one. */
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
        return Failure.of(failure).reason();
    }

    private static String reasonOf(String sqlState, Throwable failure) {
        return switch (sqlState) {
            case "42501" -> "the database user may not create tables in its schema, or not refer to the table users";
            case "25006" -> "the database is read-only";
            case "55P03", "40P01" -> LOCKED;
            case "57014" -> "the migration took longer than the database lets it";
            default -> Failure.of(failure).reason();
        };
    }
}
