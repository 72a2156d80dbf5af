package coworking.analytics.postgres.connection;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The reason why a query has no result.
 *
 * @param reason tells operators what to do; it is safe to publish
 * @param isUnreachable whether all queries fail, not just this one
 * @param isTimeout whether this query took longer than it may
 * @param detail the server's message, for logs: it may name tables and roles, and contains neither the query nor the password
 */
public record DatabaseError(String reason, boolean isUnreachable, boolean isTimeout, String detail) {

    /** The connection does not exist, has failed, or an administrator has closed it. */
    private static final Set<String> CONNECTION_BROKEN_STATES = Set.of("08003", "08006", "57P01");

    /** A table or schema is missing, or the role has no right to use it. */
    private static final Set<String> OBJECT_MISSING_STATES = Set.of("42P01", "3F000", "42501");

    /** Reads the reason from an exception of the driver, the pool or DbClient. */
    public static DatabaseError of(Throwable thrown) {
        if (thrown instanceof QueryWatchdog.DatabaseStalledException) {
            return unreachable("the database does not answer", "no sign of life while a query ran");
        }
        var failure = innermostSqlException(thrown);
        return failure == null ? unexpected(thrown) : of(sqlStateOf(failure), detail(failure));
    }

    /** Whether an open connection broke; the next connection may work. */
    static boolean isConnectionBroken(Throwable thrown) {
        if (thrown instanceof QueryWatchdog.DatabaseStalledException || isPoolTimeout(thrown)) {
            return false;
        }
        var failure = innermostSqlException(thrown);
        return failure != null && CONNECTION_BROKEN_STATES.contains(sqlStateOf(failure));
    }

    /** Whether a table or schema of the query is missing, or the role has no right to use it. */
    public static boolean isObjectMissing(Throwable thrown) {
        var failure = innermostSqlException(thrown);
        return failure != null && OBJECT_MISSING_STATES.contains(sqlStateOf(failure));
    }

    private static DatabaseError of(String state, String detail) {
        return switch (state) {
            case "42P01", "3F000" -> queryFailed("a table is missing", detail);
            case "42703" -> queryFailed("a column is missing", detail);
            case "42501" -> queryFailed("the database user may not read a table", detail);
            case "55P03" -> queryFailed("another session keeps a table locked", detail);
            case "57014" -> new DatabaseError("the query took longer than it may", false, true, detail);
            case "3D000" -> unreachable("there is no database of that name", detail);
            case "53300" -> unreachable("the database has no connection to spare", detail);
            case "" -> unreachable("the database does not answer", detail);
            default -> ofStateClass(state.substring(0, 2), state, detail);
        };
    }

    private static DatabaseError ofStateClass(String stateClass, String state, String detail) {
        return switch (stateClass) {
            case "08" -> unreachable("the database cannot be reached", detail);
            case "28" -> unreachable("the database refuses the user name or the password", detail);
            case "53" -> queryFailed("the database has no resources to spare", detail);
            case "57" -> unreachable("the database is starting up or shutting down", detail);
            default -> queryFailed("the database failed with SQLSTATE " + state, detail);
        };
    }

    private static DatabaseError unexpected(Throwable thrown) {
        return queryFailed("the database's answer could not be read", thrown.toString());
    }

    private static DatabaseError unreachable(String reason, String detail) {
        return new DatabaseError(reason, true, false, detail);
    }

    private static DatabaseError queryFailed(String reason, String detail) {
        return new DatabaseError(reason, false, false, detail);
    }

    /** The exception of the driver, which the pool wraps, and DbClient again. */
    private static @Nullable SQLException innermostSqlException(Throwable thrown) {
        SQLException innermost = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            innermost = cause instanceof SQLException failure ? failure : innermost;
        }
        return innermost;
    }

    private static boolean isPoolTimeout(Throwable thrown) {
        return thrown instanceof SQLTransientConnectionException
                || (thrown.getCause() != null && isPoolTimeout(thrown.getCause()));
    }

    private static String sqlStateOf(SQLException failure) {
        return failure.getSQLState() == null || failure.getSQLState().length() != 5 ? "" : failure.getSQLState();
    }

    private static String detail(SQLException failure) {
        return failure instanceof PSQLException fromServer && fromServer.getServerErrorMessage() != null
                ? serverMessage(fromServer.getServerErrorMessage())
                : String.valueOf(failure.getMessage());
    }

    private static String serverMessage(ServerErrorMessage message) {
        return message.getSQLState() + " " + message.getMessage();
    }
}
