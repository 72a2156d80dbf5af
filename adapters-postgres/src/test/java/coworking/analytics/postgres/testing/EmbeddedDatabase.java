package coworking.analytics.postgres.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own on the one PostgreSQL that all tests of a JVM share. The server starts with the first database and stops
 * with the JVM; its user is a superuser, and any password will do.
 */
public record EmbeddedDatabase(String host, int port, String name, String user, String password) {

    private static final AtomicInteger CREATED = new AtomicInteger();

    /** Makes a fresh database without any table. */
    public static EmbeddedDatabase create() throws SQLException {
        var name = "fresh_" + CREATED.incrementAndGet();
        var server = new EmbeddedDatabase("localhost", EmbeddedServer.RUNNING.getPort(), "postgres", "postgres", "postgres");
        server.execute("CREATE DATABASE " + name);
        return new EmbeddedDatabase(server.host, server.port, name, server.user, server.password);
    }

    /** Makes a copy, to the last bit, of a database to which nobody is connected. */
    public EmbeddedDatabase copy() throws SQLException {
        var copy = new EmbeddedDatabase(host, port, name + "_copy", user, password);
        new EmbeddedDatabase(host, port, "postgres", user, password).execute("CREATE DATABASE %s TEMPLATE %s".formatted(copy.name, name));
        return copy;
    }

    /** The same database as another role sees it. */
    public EmbeddedDatabase withUser(String role) {
        return new EmbeddedDatabase(host, port, name, role, password);
    }

    String url() {
        return "jdbc:postgresql://%s:%s/%s".formatted(host, port, name);
    }

    /** A source of connections, without a pool. */
    public DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** Opens a connection, read-write and in autocommit mode, which the caller closes. */
    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** Runs statements, separated by semicolons, on a connection of their own. */
    public void execute(String sql) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class EmbeddedServer {

        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
            } catch (IOException failure) {
                throw new UncheckedIOException("The embedded PostgreSQL does not start", failure);
            }
        }
    }
}
