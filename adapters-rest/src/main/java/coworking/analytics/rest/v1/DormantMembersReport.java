package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.DormancyCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.query.DormantMembersRows;
import coworking.analytics.application.query.PagedQuery;
import coworking.analytics.domain.report.DormantMember;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.rest.v1.request.CommonParameters.PageParameters;
import coworking.analytics.rest.v1.request.PageTokenCodec;
import coworking.analytics.rest.v1.request.ParameterSpec;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import java.util.Optional;
import java.util.regex.Pattern;

/** Members who have been absent for longer than their own rhythm explains. */
record DormantMembersReport(SpaceAnalytics analytics) implements Report {

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?");

    private static final ParameterSpec<Double> FACTOR = new ParameterSpec<>("factor",
            "a number greater than 0, at most " + (int) DormancyCriteria.MAX_FACTOR + ", as in 1.5", 2.0, DormantMembersReport::parseFactor,
            factor -> factor);
    private static final ParameterSpec<Long> MIN_VISIT_DAYS = ParameterSpec.number("min_visits", 3,
            DormancyCriteria.MIN_MIN_VISITS, DormancyCriteria.MAX_MIN_VISITS);

    private static final DefinitionLinks DEFINITIONS = new DefinitionLinks()
            .add("median_gap_days", MetricDefinition.MEDIAN_GAP).add("absent_days", MetricDefinition.DORMANT_MEMBERS);

    private static Optional<Double> parseFactor(String text) {
        return Optional.of(text).filter(DECIMAL.asMatchPredicate()).map(Double::valueOf)
                .filter(DormancyCriteria::isFactor);
    }

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        var factor = parameters.get(FACTOR);
        var minVisitDays = parameters.get(MIN_VISIT_DAYS);
        var page = PageParameters.of(parameters);
        var criteria = new DormancyCriteria(factor, minVisitDays.intValue(), page.includesNames());
        var codec = PageTokenCodec.forDormantMembers(scope, criteria);
        return ReportRequest.paged(schema(criteria), MetricDefinition.DORMANT_MEMBERS, DEFINITIONS, page,
                () -> ReportPage.of(analytics.answer(new PagedQuery<>(new DormantMembersRows(criteria), page.pageRequest(codec)), scope),
                        codec),
                rows -> analytics.export(new DormantMembersRows(criteria), scope, rows));
    }

    private static RowSchema<DormantMember> schema(DormancyCriteria criteria) {
        return RowSchema.<DormantMember>of(
                field("user_id", row -> row.member().userId()), field("visit_days", DormantMember::visitDays),
                field("last_visit", DormantMember::lastVisit), field("median_gap_days", DormantMember::medianGapDays),
                field("absent_days", DormantMember::absentDays))
                .with(MemberFields.of(DormantMember::member, criteria.withNames()));
    }
}
