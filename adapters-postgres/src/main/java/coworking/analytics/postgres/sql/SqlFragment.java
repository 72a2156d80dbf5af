package coworking.analytics.postgres.sql;

import java.util.Map;

/**
 * A query within another query.
 *
 * @param parameters the values of its parameters by their names
 */
public record SqlFragment(String sql, Map<String, String> parameters) {}
