package coworking.analytics.postgres;

import java.util.List;

/**
 * A query to be asked within another one.
 *
 * @param values of its parameters, in their order
 */
record Subquery(String sql, List<String> values) {}
