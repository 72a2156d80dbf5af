/** The reports, computed from facts by methods named {@code of} or {@code from}, and the definition of each number. */
package coworking.analytics.domain.report;
