/** SQL that both ledgers share: conditions, paged queries, row readers and the counts of the frozen reports. It imports no ledger. */
@NullMarked
package coworking.analytics.postgres.sql;

import org.jspecify.annotations.NullMarked;
