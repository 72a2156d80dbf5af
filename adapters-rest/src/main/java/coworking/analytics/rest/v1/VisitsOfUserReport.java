package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.query.VisitsOfUserQuery;
import coworking.analytics.application.query.VisitsOfUserRows;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.rest.http.Problem;
import coworking.analytics.rest.http.ProblemException;
import coworking.analytics.rest.v1.request.CommonParameters.PageParameters;
import coworking.analytics.rest.v1.request.PageTokenCodec;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DefinitionLinks;
import coworking.analytics.rest.v1.response.ReportPage;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RowSchema;
import io.helidon.http.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The visits of one user.
 *
 * @param id the user's id as it is in the path
 */
record VisitsOfUserReport(SpaceAnalytics analytics, String id) implements Report {

    private static final Pattern USER_ID = Pattern.compile("0|-?[1-9]\\d{0,18}");

    private static final RowSchema<Visit> SCHEMA = RowSchema.of(
            field("token_id", Visit::tokenId), field("created_at", Visit::countsAt), field("used_at", Visit::usedAt));

    private static final DefinitionLinks DEFINITIONS = new DefinitionLinks().add("token_id", MetricDefinition.USED_TOKENS);

    @Override
    public ReportRequest<?> parse(ReportScope scope, QueryParameters parameters) {
        var page = PageParameters.of(parameters);
        return ReportRequest.paged(SCHEMA, MetricDefinition.USED_TOKENS, DEFINITIONS, page,
                () -> {
                    var codec = PageTokenCodec.forVisitsOfUser(scope, userId(), page.includesNames());
                    var result = analytics.answer(new VisitsOfUserQuery(userId(), page.includesNames(), page.pageRequest(codec)), scope)
                            .orElseThrow(VisitsOfUserReport::userNotFound);
                    return ReportPage.of(result.metadata(), result.data().visits(), codec,
                            Map.of("user", userMeta(result.data().member(), page.includesNames())));
                }, rows -> {
                    if (!analytics.export(new VisitsOfUserRows(userId()), scope, rows)) {
                        throw userNotFound();
                    }
                });
    }

    /** A text that is not a number cannot be the id of a user, so it is a 404 as an unknown id is. */
    private long userId() {
        try {
            return Optional.of(id).filter(USER_ID.asMatchPredicate()).map(Long::valueOf).orElseThrow(VisitsOfUserReport::userNotFound);
        } catch (NumberFormatException tooLong) {
            throw userNotFound();
        }
    }

    private static ProblemException userNotFound() {
        return new ProblemException(Problem.of(Status.NOT_FOUND_404, "User not found.").withCode("user_not_found"));
    }

    private static Map<String, Object> userMeta(Member member, boolean includesNames) {
        var fields = RowSchema.<Member>of(field("user_id", Member::userId))
                .with(MemberFields.of(Function.identity(), includesNames)).fields();
        var user = new LinkedHashMap<String, Object>();
        fields.forEach(field -> user.put(field.name(), field.value().apply(member)));
        return user;
    }
}
