/**
 * The contract kit: how a new {@code TokenLedger} proves that it keeps the port's contract.
 *
 * <p>Extend {@link coworking.analytics.application.tck.TokenLedgerContract} and implement its three hooks. Everything else here
 * serves that class, except {@link coworking.analytics.application.tck.InMemoryTokenLedger}: the contract's simplest keeper, and a
 * ledger for tests that want no database.
 */
package coworking.analytics.application.tck;
