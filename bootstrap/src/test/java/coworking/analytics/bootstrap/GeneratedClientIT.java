package coworking.analytics.bootstrap;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coworking.client.AboutApi;
import coworking.client.AboutApi.APIMetricsRequest;
import coworking.client.AboutApi.APIOpenapiJsonRequest;
import coworking.client.ApiClient;
import coworking.client.ApiException;
import coworking.client.PredecessorApi;
import coworking.client.ReportsApi;
import coworking.client.ReportsApi.APIArrivalsRequest;
import coworking.client.ReportsApi.APIDailyUsageRequest;
import coworking.client.ReportsApi.APIDataQualityRequest;
import coworking.client.ReportsApi.APIDormantRequest;
import coworking.client.ReportsApi.APIMembersRequest;
import coworking.client.ReportsApi.APIRetentionRequest;
import coworking.client.ReportsApi.APISummaryRequest;
import coworking.client.ReportsApi.APIUserVisitsRequest;
import coworking.client.UsersApi;
import coworking.client.UsersApi.APIVisitsOfUserRequest;
import coworking.client.model.DailyUsageRow;
import coworking.client.model.DataQualityRow;
import coworking.client.model.MetricsRow;
import coworking.client.model.PageLinks;
import coworking.client.model.Problem;
import coworking.client.model.UserVisitsRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The packaged service, asked through a client that a generator made of its description: what callers do who never saw its code. */
@TestInstance(Lifecycle.PER_CLASS)
class GeneratedClientIT {

    /** All tokens of the demo's data lie in these days. */
    private static final LocalDate FIRST = LocalDate.parse("2026-08-01");
    private static final LocalDate LAST = LocalDate.parse("2026-10-31");
    private static final String TOKEN = "for-those-who-may-see-names";

    private ServiceProcess service;
    private ApiClient client;
    private ReportsApi reports;

    @BeforeAll
    void start() throws Exception {
        var database = TestDatabase.migrated();
        database.fillWithTheDemo();
        service = ServiceProcess.start(database.environment("APP_NAMES_TOKEN", TOKEN)).awaitServing();
        client = client();
        reports = new ReportsApi(client);
    }

    private ApiClient client() {
        return new ApiClient().setHost("127.0.0.1").setPort(service.port());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void dailyUsageAndTheSummaryAgreeWithThePredecessor() throws ApiException {
        var predecessor = new PredecessorApi(client).predecessorDailyUsage();
        var daily = reports.dailyUsage(APIDailyUsageRequest.newBuilder().from(FIRST).to(LAST).build());
        var weekly = reports
                .dailyUsage(APIDailyUsageRequest.newBuilder().from(FIRST).to(LAST).interval("week").compare("previous").build());
        var summary = reports.summary(APISummaryRequest.newBuilder().range("all").compare("previous").build());

        var used = predecessor.values().stream().mapToLong(Long::longValue).sum();
        assertThat(daily.getData()).hasSize(92).extracting(DailyUsageRow::getName).contains(FIRST.toString(), LAST.toString());
        assertThat(daily.getMeta().getTotalValue()).isEqualTo(used).isPositive();
        assertThat(weekly.getData()).extracting(DailyUsageRow::getName).startsWith("2026-W31", "2026-W32");
        assertThat(weekly.getMeta().getTotalValue()).isEqualTo(used);
        assertThat(summary.getData()).hasSize(2).first().satisfies(row -> assertThat(row.getUsed()).isEqualTo(used));
    }

    @Test
    void theOtherReportsAreUnderstood() throws ApiException {
        var arrivals = reports.arrivals(APIArrivalsRequest.newBuilder().range("all").metric("average").build());
        var members = reports.members(APIMembersRequest.newBuilder().from(FIRST).to(LAST).interval("month").build());
        var retention = reports.retention(APIRetentionRequest.newBuilder().cohort("month").periods(3).build());
        var dormant = reports.dormant(APIDormantRequest.newBuilder().factor(1.5).minVisits(2).include(Set.of("total")).build());
        var quality = reports.dataQuality(APIDataQualityRequest.newBuilder().dayStart("04:00").build());

        assertThat(arrivals.getData()).hasSize(7).allSatisfy(row -> assertThat(row.getHours()).hasSize(24));
        assertThat(members.getData()).hasSize(3);
        assertThat(members.getMeta().getMembersNow().getActive()).isPositive();
        assertThat(retention.getData()).isNotEmpty().allSatisfy(cell -> assertThat(cell.getMembers()).isBetween(0L, cell.getSize()));
        assertThat(dormant.getMeta().getTotalCount()).isNotNull();
        assertThat(quality.getData()).extracting(DataQualityRow::getFinding).hasSize(7);
        assertThat(quality.getData()).filteredOn(row -> row.getFinding() == DataQualityRow.FindingEnum.USED_BEFORE_CREATED).singleElement()
                .satisfies(row -> assertThat(row.getCount()).isPositive());
    }

    @Test
    void everyDefinitionThatAReportLinksToIsInTheCatalogue() throws ApiException {
        var catalogue = new AboutApi(client).metrics(APIMetricsRequest.newBuilder().build()).getData().stream().map(MetricsRow::getId)
                .map(id -> "/api/v1/metrics#" + id).collect(toSet());
        var summary = reports.summary(APISummaryRequest.newBuilder().build());

        assertThat(catalogue).contains(summary.getMeta().getDefinition()).containsAll(summary.getMeta().getDefinitions().values());
    }

    @Test
    void pagesLeadToEveryUserOnce() throws ApiException {
        var users = new ArrayList<UserVisitsRow>();
        var page = reports.userVisits(APIUserVisitsRequest.newBuilder().limit(50).include(Set.of("total")).build());
        users.addAll(page.getData());
        for (var cursor = cursor(page.getLinks()); cursor.isPresent(); cursor = cursor(page.getLinks())) {
            page = reports.userVisits(APIUserVisitsRequest.newBuilder().limit(50).include(Set.of("total")).cursor(cursor.get()).build());
            users.addAll(page.getData());
        }

        assertThat(users).extracting(UserVisitsRow::getUserId).doesNotHaveDuplicates().hasSizeGreaterThan(50);
        assertThat(page.getMeta().getTotalCount()).isEqualTo(users.size());
        assertThat(users).extracting(UserVisitsRow::getFirstName).containsOnlyNulls();
        assertThat(users).extracting(UserVisitsRow::getVisits).isSortedAccordingTo((one, other) -> Long.compare(other, one));
    }

    private static Optional<String> cursor(PageLinks links) {
        return Optional.ofNullable(links.getNext()).map(next -> next.replaceFirst(".*[?&]cursor=([^&]*).*", "$1"));
    }

    @Test
    void aCallerWithTheTokenSeesNames() throws ApiException {
        var authorised = new UsersApi(client().setRequestInterceptor(request -> request.header("Authorization", "Bearer " + TOKEN)));
        var userId = reports.userVisits(APIUserVisitsRequest.newBuilder().limit(1).build()).getData().getFirst().getUserId();
        var visits = authorised.visitsOfUser(APIVisitsOfUserRequest.newBuilder().id(userId).include(Set.of("name")).build());

        assertThat(visits.getMeta().getUser().getFirstName()).isNotEmpty();
        assertThat(visits.getData()).isNotEmpty();
        assertThat(failure(() -> new UsersApi(client).visitsOfUser(
                APIVisitsOfUserRequest.newBuilder().id(userId).include(Set.of("name")).build())).getCode()).isEqualTo(401);
        assertThat(failure(() -> authorised.visitsOfUser(APIVisitsOfUserRequest.newBuilder().id(987_654_321L).build())).getCode())
                .isEqualTo(404);
    }

    @Test
    void aMistakeComesBackAsAProblemThatTheClientUnderstands() throws Exception {
        var failure = failure(() -> reports.dailyUsage(APIDailyUsageRequest.newBuilder().from(LAST).to(FIRST).interval("fortnight")
                .xRequestId("mistaken").build()));
        var problem = client.getObjectMapper().readValue(failure.getResponseBody(), Problem.class);

        assertThat(failure.getCode()).isEqualTo(400);
        assertThat(problem.getRequestId()).isEqualTo("mistaken");
        assertThat(problem.getErrors()).extracting(error -> error.getParameter()).contains("interval").hasSizeGreaterThan(1);
    }

    private static ApiException failure(ClientCall call) {
        return catchThrowableOfType(ApiException.class, call::send);
    }

    /** Those that answer in JSON: the generator's client reads nothing else. */
    @Test
    void thePredecessorsUrlsAreUnderstood() throws ApiException {
        var predecessor = new PredecessorApi(client);
        assertThat(predecessor.predecessorDailyUsage()).isNotEmpty();
        assertThat(predecessor.predecessorUserVisits()).isNotEmpty().allSatisfy((id, user) -> assertThat(user.getVisits()).isPositive());
    }

    @Test
    void theDescriptionThatTheClientWasMadeOfIsTheOneThatIsServed() throws ApiException {
        var about = new AboutApi(client);
        assertThat(about.openapiJson(APIOpenapiJsonRequest.newBuilder().build()).getOpenapi()).startsWith("3.1");
    }

    /** Something that the client asks. */
    private interface ClientCall {

        void send() throws ApiException;
    }
}
