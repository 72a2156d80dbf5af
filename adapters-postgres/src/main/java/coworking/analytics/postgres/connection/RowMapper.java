package coworking.analytics.postgres.connection;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes a value of the current row of a result. */
@FunctionalInterface
public interface RowMapper<R> {

    R map(ResultSet row) throws SQLException;
}
