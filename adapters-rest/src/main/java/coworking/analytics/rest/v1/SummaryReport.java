package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.query.SummaryQuery;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.domain.report.UsageSummary;
import coworking.analytics.domain.report.UsageSummary.Peak;
import coworking.analytics.rest.v1.request.CommonParameters;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.Percent;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Totals and peaks of a period, and of the period that it is compared with. */
record SummaryReport(SpaceAnalytics analytics) implements Report {

    private static final RowSchema<SummaryRow> SCHEMA = RowSchema.of(
            field("period", SummaryRow::name), field("first_day", row -> row.summary().range().first()),
            field("last_day", row -> row.summary().range().last()), field("issued", row -> row.summary().tokenCounts().issued()),
            field("used", row -> row.summary().tokenCounts().used()),
            field("used_percent", row -> Percent.ofShare(row.summary().shareUsed())),
            field("visiting_members", row -> row.summary().visitingMembers()), field("new_members", row -> row.summary().newMembers()),
            field("busiest_day", row -> row.summary().busiestDay().map(Peak::time)),
            field("busiest_day_used", row -> row.summary().busiestDay().map(Peak::used)),
            field("busiest_hour", row -> row.summary().busiestHour().map(Peak::time)),
            field("busiest_hour_used", row -> row.summary().busiestHour().map(Peak::used)));

    private static final DefinitionLinks DEFINITIONS = new DefinitionLinks()
            .add("issued", MetricDefinition.ISSUED_TOKENS).add("used", MetricDefinition.USED_TOKENS)
            .add("used_percent", MetricDefinition.SHARE_USED).add("visiting_members", MetricDefinition.VISITING_MEMBERS)
            .add("new_members", MetricDefinition.NEW_MEMBERS).add("busiest_day", MetricDefinition.BUSIEST_DAY)
            .add("busiest_hour", MetricDefinition.BUSIEST_HOUR);

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        var comparison = parameters.get(CommonParameters.COMPARE);
        return ReportRequest.unpaged(SCHEMA, MetricDefinition.USED_TOKENS, DEFINITIONS, () -> {
            var result = analytics.answer(new SummaryQuery(comparison), scope);
            return ReportPage.ofDays(result, SummaryRow.of(result.data()), Map.of());
        });
    }

    /** A period by its name. */
    private record SummaryRow(String name, UsageSummary summary) {

        static List<SummaryRow> of(UsageSummary.ComparedSummary compared) {
            return Stream.concat(Stream.of(new SummaryRow("current", compared.current())),
                    compared.comparison().stream().map(before -> new SummaryRow("before", before))).toList();
        }
    }
}
