/** The ledger that reads the roll-ups and their journal, and the fold that keeps them short. */
@NullMarked
package coworking.analytics.postgres.rollup;

import org.jspecify.annotations.NullMarked;
