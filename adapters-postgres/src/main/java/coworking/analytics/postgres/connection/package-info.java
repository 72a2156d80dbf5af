/** Connections: the pools, the watchdog of running queries, snapshot sessions, and the translation of database errors. */
@NullMarked
package coworking.analytics.postgres.connection;

import org.jspecify.annotations.NullMarked;
