/**
 * The process: {@code Main}, the command line, and the composition root. {@code AnalyticsServer} wires the services to the adapters by
 * hand; {@code Configuration} chooses the {@code Store}, and {@code PostgresStore} is the only class that names the PostgreSQL adapter.
 *
 * <p>Only bootstrap reads the environment and the clock, and ends the process.
 */
@NullMarked
package coworking.analytics.bootstrap;

import org.jspecify.annotations.NullMarked;
