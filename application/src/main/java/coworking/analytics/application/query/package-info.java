/** One query per report: it chooses the facts that the report needs. {@code PagedQuery} reads the pages of all reports that have pages. */
package coworking.analytics.application.query;
