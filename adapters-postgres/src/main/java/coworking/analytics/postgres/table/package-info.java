/** The ledger that reads the two tables. */
@NullMarked
package coworking.analytics.postgres.table;

import org.jspecify.annotations.NullMarked;
