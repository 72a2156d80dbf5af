/**
 * The ledger in PostgreSQL: two tables that another system writes, read through Helidon's DbClient.
 *
 * <p>{@link coworking.analytics.postgres.PostgresTokenLedger} holds the SQL; {@code Database} keeps the connections and bounds how
 * long a sick database can make anybody wait; {@link coworking.analytics.postgres.Migrations} makes the tables where there are
 * none. Nothing outside this package sees a connection or an {@code SQLException}.
 */
@NullMarked
package coworking.analytics.postgres;

import org.jspecify.annotations.NullMarked;
