package coworking.analytics.postgres;

import java.time.Duration;

/**
 * Where the database is and how much of it this service may use.
 *
 * @param host a host name or address, without a port
 * @param port 1 to 65535
 * @param name the database's name, as it stands: it need not be escaped
 * @param username the role to log in as; reading {@code users} and {@code tokens} is all that role needs
 * @param password its password; may be empty
 * @param sslMode one of pgjdbc's: disable, allow, prefer, require, verify-ca, verify-full
 * @param poolSize the greatest number of connections held at once; at least 3, since each of the two frozen reports and
 *        readiness may hold one; what is above that is for conversations
 * @param connectTimeout how long to wait for a connection; whole seconds
 * @param queryTimeout how long one query may run; more than zero
 */
public record DatabaseSettings(
        String host,
        int port,
        String name,
        String username,
        String password,
        String sslMode,
        int poolSize,
        Duration connectTimeout,
        Duration queryTimeout) {

    /** The three questions of the two reports and the probe, none of which waits for a conversation. */
    private static final int KEPT_FREE = 3;

    /** How many conversations may keep a connection at once, so that other questions always find one: all but 3, and at least 1. */
    public int conversations() {
        return Math.max(1, poolSize - KEPT_FREE);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return username + "@" + host + ":" + port + "/" + name + " sslmode=" + sslMode;
    }
}
