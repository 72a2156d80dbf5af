package coworking.analytics.postgres.connection;

import java.time.Duration;

/**
 * Where the database is, and how much of it this service may use.
 *
 * @param host a host name or address, without a port
 * @param port 1 to 65535
 * @param name the database's name, unescaped
 * @param username the role to log in as; it needs to read {@code users} and {@code tokens} only
 * @param password its password; may be empty
 * @param sslMode one of pgjdbc's: disable, allow, prefer, require, verify-ca, verify-full
 * @param poolSize the maximum number of connections, at least 3: the two frozen reports and readiness hold up to one each; snapshot
 *        sessions use the rest
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

    /** For the two frozen reports and the readiness probe, which never wait for a snapshot session. */
    private static final int RESERVED_CONNECTIONS = 3;

    /** The maximum number of concurrent snapshot sessions: all connections but 3, and at least 1. */
    public int maxSessions() {
        return Math.max(1, poolSize - RESERVED_CONNECTIONS);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return username + "@" + host + ":" + port + "/" + name + " sslmode=" + sslMode;
    }
}
