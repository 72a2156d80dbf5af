/** What the hexagon asks of the outside: one conversation, {@code TokenLedger}, whose contract the contract kit checks. */
package coworking.analytics.application.port.out;
