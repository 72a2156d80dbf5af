package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria.UserVisitsOrder;
import coworking.analytics.application.query.PagedQuery;
import coworking.analytics.application.query.UserVisitsRows;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.rest.v1.request.CommonParameters.PageParameters;
import coworking.analytics.rest.v1.request.EnumNames;
import coworking.analytics.rest.v1.request.PageTokenCodec;
import coworking.analytics.rest.v1.request.ParameterSpec;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Users and their visits. */
record UserVisitsReport(SpaceAnalytics analytics) implements Report {

    private static final Pattern BOOLEAN = Pattern.compile("true|false");

    private static final ParameterSpec<Boolean> COUNTS_USED = ParameterSpec.choice("count", false,
            EnumNames.of("issued", false, "used", true));
    private static final ParameterSpec<Optional<Boolean>> ACTIVE = ParameterSpec.optional("active", "true, false",
            text -> Optional.of(text).filter(BOOLEAN.asMatchPredicate()).map(Boolean::valueOf), active -> active);
    private static final ParameterSpec<Long> MIN_VISITS = ParameterSpec.number("min_visits",
            UserVisitsCriteria.MIN_MIN_VISITS, UserVisitsCriteria.MIN_MIN_VISITS, Long.MAX_VALUE);
    private static final ParameterSpec<UserVisitsOrder> SORT = ParameterSpec.choice("sort", UserVisitsOrder.MOST_VISITS, orders());

    private static final DefinitionLinks DEFINITIONS = new DefinitionLinks()
            .add("visits", MetricDefinition.USER_VISITS).add("issued", MetricDefinition.ISSUED_TOKENS)
            .add("used", MetricDefinition.USED_TOKENS);

    private static Map<String, UserVisitsOrder> orders() {
        var orders = new LinkedHashMap<String, UserVisitsOrder>();
        orders.put("-visits", UserVisitsOrder.MOST_VISITS);
        orders.put("visits", UserVisitsOrder.FEWEST_VISITS);
        orders.put("id", UserVisitsOrder.ID);
        return orders;
    }

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        var countsUsed = parameters.get(COUNTS_USED);
        var active = parameters.get(ACTIVE);
        var minVisits = parameters.get(MIN_VISITS);
        var order = parameters.get(SORT);
        var page = PageParameters.of(parameters);
        var criteria = new UserVisitsCriteria(countsUsed, active, minVisits, order, page.includesNames());
        var codec = PageTokenCodec.forUserVisits(scope, criteria);
        return ReportRequest.paged(schema(criteria), MetricDefinition.USER_VISITS, DEFINITIONS, page,
                () -> ReportPage.of(analytics.answer(new PagedQuery<>(new UserVisitsRows(criteria), page.pageRequest(codec)), scope),
                        codec),
                rows -> analytics.export(new UserVisitsRows(criteria), scope, rows));
    }

    private static RowSchema<MemberVisits> schema(UserVisitsCriteria criteria) {
        return RowSchema.<MemberVisits>of(
                field("user_id", row -> row.member().userId()),
                field("visits", criteria.countsUsed() ? MemberVisits::used : MemberVisits::issued),
                field("issued", MemberVisits::issued), field("used", MemberVisits::used))
                .with(MemberFields.of(MemberVisits::member, criteria.withNames()));
    }
}
