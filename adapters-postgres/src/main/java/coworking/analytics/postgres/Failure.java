package coworking.analytics.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why the database gave no answer.
 *
 * @param reason what to do about it can be told from this; anybody may read it
 * @param isUnreachable whether no question can be answered, as against just this one
 * @param isTooSlow whether this question took longer than it may
 * @param detail what the server said, for logs: may name tables and roles, holds neither the query nor the password
 */
record Failure(String reason, boolean isUnreachable, boolean isTooSlow, String detail) {

    /** The connection does not exist, has failed, or was ended by an administrator. */
    private static final Set<String> BROKEN = Set.of("08003", "08006", "57P01");

    /** An undefined table, an undefined schema, no right to use it. */
    private static final Set<String> GONE = Set.of("42P01", "3F000", "42501");

    /** Reads the reason out of what a driver, the pool or DbClient threw. */
    static Failure of(Throwable thrown) {
        if (thrown instanceof StallGuard.Stalled) {
            return unreachable("the database does not answer", "no sign of life while a query ran");
        }
        var failure = sqlException(thrown);
        return failure == null ? unexpected(thrown) : of(stateOf(failure), detail(failure));
    }

    /** Whether a connection that was there broke, at once, which need not mean that the next one will. */
    static boolean isOfOneConnection(Throwable thrown) {
        if (thrown instanceof StallGuard.Stalled || isThrownByThePool(thrown)) {
            return false;
        }
        var failure = sqlException(thrown);
        return failure != null && BROKEN.contains(stateOf(failure));
    }

    /** Whether a table or schema that the question needs is not there, or not for this role. */
    static boolean isOfSomethingGone(Throwable thrown) {
        var failure = sqlException(thrown);
        return failure != null && GONE.contains(stateOf(failure));
    }

    private static Failure of(String state, String detail) {
        return switch (state) {
            case "42P01", "3F000" -> onlyThis("a table is missing", detail);
            case "42703" -> onlyThis("a column is missing", detail);
            case "42501" -> onlyThis("the database user may not read a table", detail);
            case "55P03" -> onlyThis("a table is locked by somebody else", detail);
            case "57014" -> new Failure("the query took longer than it may", false, true, detail);
            case "3D000" -> unreachable("there is no database of that name", detail);
            case "53300" -> unreachable("the database has no connection to spare", detail);
            case "" -> unreachable("the database does not answer", detail);
            default -> ofClass(state.substring(0, 2), state, detail);
        };
    }

    private static Failure ofClass(String stateClass, String state, String detail) {
        return switch (stateClass) {
            case "08" -> unreachable("the database cannot be reached", detail);
            case "28" -> unreachable("the database refuses the user name or the password", detail);
            case "53" -> onlyThis("the database has no resources to spare", detail);
            case "57" -> unreachable("the database is starting up or shutting down", detail);
            default -> onlyThis("the database failed with SQLSTATE " + state, detail);
        };
    }

    private static Failure unexpected(Throwable thrown) {
        return onlyThis("the database's answer could not be read", thrown.toString());
    }

    private static Failure unreachable(String reason, String detail) {
        return new Failure(reason, true, false, detail);
    }

    private static Failure onlyThis(String reason, String detail) {
        return new Failure(reason, false, false, detail);
    }

    /** The innermost one: the pool wraps the driver's in its own, DbClient wraps either in its own. */
    private static @Nullable SQLException sqlException(Throwable thrown) {
        SQLException innermost = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            innermost = cause instanceof SQLException failure ? failure : innermost;
        }
        return innermost;
    }

    private static boolean isThrownByThePool(Throwable thrown) {
        return thrown instanceof SQLTransientConnectionException
                || (thrown.getCause() != null && isThrownByThePool(thrown.getCause()));
    }

    private static String stateOf(SQLException failure) {
        return failure.getSQLState() == null || failure.getSQLState().length() != 5 ? "" : failure.getSQLState();
    }

    private static String detail(SQLException failure) {
        return failure instanceof PSQLException fromServer && fromServer.getServerErrorMessage() != null
                ? serverSaid(fromServer.getServerErrorMessage())
                : String.valueOf(failure.getMessage());
    }

    private static String serverSaid(ServerErrorMessage message) {
        return message.getSQLState() + " " + message.getMessage();
    }
}
