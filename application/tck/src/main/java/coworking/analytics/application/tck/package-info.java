/**
 * The contract kit: it checks that a new {@code TokenLedger} keeps the contract of the port.
 *
 * <p>Extend {@link coworking.analytics.application.tck.TokenLedgerContract} and implement its three hooks. Everything else here
 * serves that class, except {@link coworking.analytics.application.tck.InMemoryTokenLedger}, the simplest implementation of the
 * contract, for tests without a database.
 */
package coworking.analytics.application.tck;
