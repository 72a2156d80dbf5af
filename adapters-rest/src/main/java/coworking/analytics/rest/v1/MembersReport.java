package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.query.MembersQuery;
import coworking.analytics.domain.report.MembershipGrowth;
import coworking.analytics.domain.report.MembershipGrowth.MembershipPoint;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.rest.v1.request.CommonParameters;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/** New members per day, week or month, and the present number of members. */
record MembersReport(SpaceAnalytics analytics) implements Report {

    private static final RowSchema<MembershipPoint> SCHEMA = RowSchema.of(
            field("name", MembershipPoint::label), field("first_day", point -> point.range().first()),
            field("last_day", point -> point.range().last()), field("joined", MembershipPoint::joined),
            field("cumulative", MembershipPoint::cumulative), field("partial", MembershipPoint::isPartial));

    private static final DefinitionLinks DEFINITIONS = new DefinitionLinks()
            .add("joined", MetricDefinition.JOINED_MEMBERS).add("cumulative", MetricDefinition.CUMULATIVE_MEMBERS)
            .add("active", MetricDefinition.ACTIVE_MEMBERS);

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        var interval = parameters.get(CommonParameters.INTERVAL);
        return ReportRequest.unpaged(SCHEMA, MetricDefinition.JOINED_MEMBERS, DEFINITIONS, () -> {
            var result = analytics.answer(new MembersQuery(interval), scope);
            return ReportPage.of(result, result.data().points(), Map.of("members_now", currentMembers(result.data())));
        });
    }

    private static Map<String, Object> currentMembers(MembershipGrowth growth) {
        var counts = new LinkedHashMap<String, Object>();
        counts.put("active", growth.active());
        counts.put("inactive", growth.inactive());
        counts.put("undated", growth.undated());
        return counts;
    }
}
