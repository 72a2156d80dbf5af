package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;
import static coworking.analytics.rest.v1.response.RowSchema.RowField.listField;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.query.DataQualityQuery;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import java.util.Map;

/** Inconsistent records, counted by kind, with samples. */
record DataQualityReport(SpaceAnalytics analytics) implements Report {

    private static final RowSchema<DataQualityIssue> SCHEMA = RowSchema.of(
            field("finding", issue -> MetricDefinition.of(issue.kind()).id()), field("count", DataQualityIssue::count),
            field("sample_of", issue -> issue.kind().isOfUsers() ? "users" : "tokens"),
            listField("samples", "sample_%d", 1, DataQualityIssue.MAX_SAMPLES, DataQualityIssue::samples));

    private static final DefinitionLinks DEFINITIONS = new DefinitionLinks().add("count", MetricDefinition.DATA_QUALITY);

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        return ReportRequest.unpaged(SCHEMA, MetricDefinition.DATA_QUALITY, DEFINITIONS, () -> {
            var result = analytics.answer(new DataQualityQuery(), scope);
            return ReportPage.of(result, result.data(), Map.of());
        });
    }
}
