package coworking.analytics.rest.v1;

import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.ReportRequest;

/** A report of v1: its parameters, its query and the fields of its rows. */
interface Report {

    /**
     * Parses the parameters of one request, without running its query.
     *
     * @param scope the days of the report, which all reports have in common
     * @param parameters records the parameters that are read, and their errors
     */
    ReportRequest<?> parse(ReportScope scope, QueryParameters parameters);
}
