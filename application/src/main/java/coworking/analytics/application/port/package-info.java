/** What the driving and the driven ports share: the exception that says that the ledger cannot be read now. */
package coworking.analytics.application.port;
