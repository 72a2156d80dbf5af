/** The PostgreSQL adapter: the ledger over two tables that another system writes. No connection and no {@code SQLException} leaves it. */
@NullMarked
package coworking.analytics.postgres;

import org.jspecify.annotations.NullMarked;
