package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.query.DailyUsageQuery;
import coworking.analytics.domain.report.GapFill;
import coworking.analytics.domain.report.UsageMetric;
import coworking.analytics.domain.report.UsageSeries;
import coworking.analytics.domain.report.UsageSeries.UsagePoint;
import coworking.analytics.rest.v1.request.CommonParameters;
import coworking.analytics.rest.v1.request.EnumNames;
import coworking.analytics.rest.v1.request.ParameterSpec;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.Percent;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import java.util.Map;

/** A metric per day, week or month. */
record DailyUsageReport(SpaceAnalytics analytics) implements Report {

    private static final ParameterSpec<UsageMetric> METRIC = ParameterSpec.choice("metric", UsageMetric.USED,
            EnumNames.of(UsageMetric.values()));
    private static final ParameterSpec<GapFill> FILL = ParameterSpec.choice("fill", GapFill.ZERO, EnumNames.of(GapFill.values()));

    private static final RowSchema<UsagePoint> SCHEMA = RowSchema.of(
            field("name", UsagePoint::label), field("first_day", point -> point.range().first()),
            field("last_day", point -> point.range().last()),
            field("value", UsagePoint::value),
            field("before_first_day", point -> point.comparison().map(before -> before.range().first())),
            field("before_last_day", point -> point.comparison().map(before -> before.range().last())),
            field("before", point -> point.comparison().map(UsageSeries.ComparisonValue::value)),
            field("change_percent", point -> Percent.rounded(point.changePercent())), field("partial", UsagePoint::isPartial));

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        var metric = parameters.get(METRIC);
        var interval = parameters.get(CommonParameters.INTERVAL);
        var fill = parameters.get(FILL);
        var comparison = parameters.get(CommonParameters.COMPARE);
        return ReportRequest.unpaged(SCHEMA, metric.definition(), new DefinitionLinks().add("value", metric.definition()), () -> {
            var result = analytics.answer(new DailyUsageQuery(metric, interval, fill, comparison), scope);
            return ReportPage.of(result, result.data().points(), Map.of("total_value", result.data().total()));
        });
    }
}
