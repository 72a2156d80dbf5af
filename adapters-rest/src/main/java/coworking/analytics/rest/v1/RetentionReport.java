package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.RetentionCriteria;
import coworking.analytics.application.query.RetentionQuery;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.domain.report.Retention.Cohort;
import coworking.analytics.domain.report.Retention.RetentionCell;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.rest.v1.request.EnumNames;
import coworking.analytics.rest.v1.request.ParameterSpec;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.Percent;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import java.util.Map;
import java.util.stream.Stream;

/** The share of each cohort of members that still visits. */
record RetentionReport(SpaceAnalytics analytics) implements Report {

    private static final ParameterSpec<Interval> COHORT_INTERVAL = ParameterSpec.choice("cohort", Interval.WEEK,
            EnumNames.of(Interval.WEEK, Interval.MONTH));
    private static final ParameterSpec<Long> PERIODS = ParameterSpec.number("periods", 12,
            RetentionCriteria.MIN_PERIODS, RetentionCriteria.MAX_PERIODS);

    private static final RowSchema<RetentionRow> SCHEMA = RowSchema.of(
            field("cohort", row -> row.cohort().label()), field("cohort_first_day", row -> row.cohort().firstDay()),
            field("size", row -> row.cohort().size()), field("period", row -> row.cell().period()),
            field("members", row -> row.cell().members()), field("members_percent", row -> Percent.ofShare(row.cell().share())),
            field("complete", row -> row.cell().isComplete()));

    private static final DefinitionLinks DEFINITIONS = new DefinitionLinks()
            .add("members", MetricDefinition.RETENTION).add("members_percent", MetricDefinition.RETENTION);

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        var interval = parameters.get(COHORT_INTERVAL);
        var periods = parameters.get(PERIODS);
        return ReportRequest.unpaged(SCHEMA, MetricDefinition.RETENTION, DEFINITIONS, () -> {
            var result = analytics.answer(new RetentionQuery(new RetentionCriteria(interval, periods.intValue())), scope);
            return ReportPage.of(result, result.data().cohorts().stream().flatMap(RetentionRow::of).toList(), Map.of());
        });
    }

    /** A cohort in one of its periods. */
    private record RetentionRow(Cohort cohort, RetentionCell cell) {

        static Stream<RetentionRow> of(Cohort cohort) {
            return cohort.cells().stream().map(cell -> new RetentionRow(cohort, cell));
        }
    }
}
