package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;
import static coworking.analytics.rest.v1.response.RowSchema.RowField.listField;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.query.ArrivalsQuery;
import coworking.analytics.domain.report.Arrivals.WeekdayArrivals;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.rest.v1.request.EnumNames;
import coworking.analytics.rest.v1.request.ParameterSpec;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import java.util.Map;

/** Used tokens by weekday and hour. */
record ArrivalsReport(SpaceAnalytics analytics) implements Report {

    private static final int HOURS_PER_DAY = 24;

    private static final ParameterSpec<Boolean> IS_AVERAGE = ParameterSpec.choice("metric", false,
            EnumNames.of("total", false, "average", true));

    private static final RowSchema<WeekdayArrivals> SCHEMA = RowSchema.of(
            field("weekday", row -> EnumNames.nameOf(row.weekday())), field("days", WeekdayArrivals::dayCount),
            listField("hours", "hour_%02d", 0, HOURS_PER_DAY, WeekdayArrivals::hours));

    private static final DefinitionLinks DEFINITIONS = new DefinitionLinks().add("hours", MetricDefinition.ARRIVALS);

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        var isAverage = parameters.get(IS_AVERAGE);
        return ReportRequest.unpaged(SCHEMA, MetricDefinition.ARRIVALS, DEFINITIONS, () -> {
            var result = analytics.answer(new ArrivalsQuery(isAverage), scope);
            return ReportPage.ofDays(result, result.data().rows(), Map.of());
        });
    }
}
