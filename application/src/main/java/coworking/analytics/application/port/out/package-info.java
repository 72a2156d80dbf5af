/**
 * The driven ports: {@code TokenLedger} and its {@code LedgerSnapshot}, whose contract the contract kit checks; {@code LedgerOperations}
 * for status and upkeep; and the observers that ledgers and services report to.
 */
package coworking.analytics.application.port.out;
