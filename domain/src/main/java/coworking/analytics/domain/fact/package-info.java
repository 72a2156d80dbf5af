/** The facts that a ledger hands over: users, tokens, and counts of them. They know no report. */
package coworking.analytics.domain.fact;
