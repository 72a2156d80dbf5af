package coworking.analytics.postgres.testing;

import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.application.tck.StoreChange.Clear;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.application.tck.StoreChange.RemoveToken;
import coworking.analytics.application.tck.StoreChange.RemoveUser;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Makes changes to the two tables as those do who own them, on connections that it keeps; for any number of threads. */
public final class TableWriter implements AutoCloseable {

    private final EmbeddedDatabase database;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    public TableWriter(EmbeddedDatabase database) {
        this.database = database;
    }

    public void commit(List<StoreChange> changes) {
        try {
            var kept = idle.poll();
            var connection = kept == null ? database.connect() : kept;
            commit(changes, connection);
            idle.add(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void commit(List<StoreChange> changes, Connection connection) throws SQLException {
        try {
            connection.setAutoCommit(false);
            for (var change : changes) {
                apply(change, connection);
            }
            connection.commit();
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    @Override
    public void close() throws SQLException {
        for (var connection : idle) {
            connection.close();
        }
    }

    private static void apply(StoreChange change, Connection connection) throws SQLException {
        switch (change) {
            case Clear() -> run(connection, "TRUNCATE tokens, users");
            case PutUser(var user) -> run(connection, """
                    INSERT INTO users (id, first_name, last_name, joined_at, is_active) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name,
                        joined_at = excluded.joined_at, is_active = excluded.is_active""",
                    user.id(), user.name().first(), user.name().last(), user.joinedAt().orElse(null), user.isActive());
            case RemoveUser(var userId) -> run(connection, "DELETE FROM users WHERE id = ?", userId);
            case PutToken(var tokenId, var token) -> run(connection,
                    """
                    INSERT INTO tokens (id, user_id, token, created_at, used_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, token = excluded.token,
                        created_at = excluded.created_at, used_at = excluded.used_at""",
                    tokenId, token.userId(), token.code(), token.createdAt(), token.usedAt().orElse(null));
            case RemoveToken(var tokenId) -> run(connection, "DELETE FROM tokens WHERE id = ?", tokenId);
        }
    }

    private static void run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
