package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.TooBusyException;
import coworking.analytics.rest.AnalyticsApi;
import coworking.analytics.rest.LogCapture;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.UsageApi;
import coworking.analytics.rest.http.ErrorMapper;
import coworking.analytics.rest.spi.ExchangeObserver;
import coworking.analytics.rest.v1.OpenApiContract.ContractNode;
import coworking.analytics.rest.v1.OpenApiContract.Operation;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import tools.jackson.databind.JsonNode;

/** Holds the service to openapi.yaml, and openapi.yaml to the service. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenApiConformanceTest {

    private static final OpenApiContract CONTRACT = OpenApiContract.read();
    private static final String AUTHORISED = "Bearer " + TestServer.TOKEN;
    private static final List<String> FORMATS = List.of("json", "csv", "tsv", "ndjson", "xlsx");

    private final StubSpaceAnalytics space = new StubSpaceAnalytics();
    private TestServer server;
    private TestServer withoutNames;

    @BeforeAll
    void start() {
        server = new TestServer(space);
        withoutNames = new TestServer(StubUsageReports.typical(), () -> {}, ExchangeObserver.NONE, api(Optional.empty()));
    }

    private AnalyticsApi api(Optional<String> token) {
        return new AnalyticsApi(space, StubSpaceAnalytics::now, SpaceClock.UTC_ONLY, token);
    }

    @AfterAll
    void stop() {
        server.close();
        withoutNames.close();
    }

    @Test
    void everyRouteIsDescribedAndNothingElseIs() {
        var routing = mock(HttpRouting.Builder.class, RETURNS_SELF);
        new UsageApi(StubUsageReports.typical(), () -> {}).setup(routing);
        api(Optional.empty()).setup(routing);

        var routes = ArgumentCaptor.forClass(String.class);
        verify(routing, atLeastOnce()).any(routes.capture(), any(Handler[].class));
        assertThat(routes.getAllValues()).containsExactlyInAnyOrderElementsOf(Stream.concat(
                CONTRACT.operations().stream().map(Operation::path), V1Route.pathsWithoutResource().stream()).toList());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyDescribedPathTakesTheMethodsThatAreDescribed(Operation operation) {
        var path = pathOf(operation);
        assertThat(server.get(path).statusCode()).isEqualTo(200);
        assertThat(server.send("HEAD", path).statusCode()).isEqualTo(200);
        assertThat(server.send("OPTIONS", path).headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(server.send("OPTIONS", path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("v1")
    void theParametersAreThoseThatAreDescribedAndNoOthers(Operation operation) {
        var refused = request(operation, "no_such_parameter=1").check();
        assertThat(refused.status()).isEqualTo(400);
        var error = refused.json().get("errors").get(0);
        assertThat(error.get("parameter").asString()).isEqualTo("no_such_parameter");
        assertThat(List.of(error.get("allowed").asString().split(", "))).containsExactlyInAnyOrderElementsOf(
                operation.queryParameterNames().isEmpty() ? List.of("no parameter at all") : operation.queryParameterNames());
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void theExampleOfAParameterIsTaken(Operation operation, ContractNode parameter) {
        assertThat(parameter.examples()).allSatisfy(example -> {
            var answer = request(operation, query(parameter, text(example))).check();
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        });
    }

    @ParameterizedTest
    @MethodSource("differentParameters")
    void theServiceTakesTheValuesThatTheSchemaAllowsAndRefusesOthers(Operation operation, ContractNode parameter) {
        assertThat(VALUES).allSatisfy(value -> {
            var answer = request(operation, query(parameter, value)).check();
            var isAllowed = isAllowed(parameter, value);
            assertThat(answer.status()).as("%s, which the schema allows: %s", answer, isAllowed).isEqualTo(isAllowed ? 200 : 400);
            assertThat(isAllowed ? List.of(name(parameter)) : namedIn(answer)).containsExactly(name(parameter));
        });
    }

    /** Some that one parameter or another takes, and some close by that none does. */
    private static final List<String> VALUES = List.of("", "x", "-1", "0", "1", "2", "52", "53", "100", "101", "1000", "1001", "0.5", "1e3",
            "9223372036854775807", "true", "false", "TRUE", "day", "week", "month", "year", "all", "7d", "12mo", "13mo", "00:00", "23:59",
            "24:00", "4:00", "2026-02-28", "2026-02-30", "2026-2-8", "json", "JSON", "csv", "total", "name", "total,name", "total,total",
            "total,", "average", "-visits", "visits", "id", "-id", "previous", "none", "zero", "used", "issued", "members", " day", "day ");

    private static List<String> namedIn(ValidatedResponse refusal) {
        return refusal.json().get("errors").valueStream().map(error -> error.get("parameter").asString()).toList();
    }

    private static boolean isAllowed(ContractNode parameter, String value) {
        var schema = parameter.get("schema");
        return !name(parameter).equals("cursor")
                && (schema.node().get("type").asString().equals("array") ? schema.errorsOfList(value) : schema.errorsOf(value)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void aParameterIsTakenOnce(Operation operation, ContractNode parameter) {
        var value = query(parameter, parameter.examples().stream().map(OpenApiConformanceTest::text).findFirst().orElse("second"));
        var answer = request(operation, value + "&" + value).check();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(namedIn(answer)).containsExactly(name(parameter));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyFormatIsAsDescribed(Operation operation) {
        for (var format : FORMATS) {
            var asked = request(operation, "format=" + format).check();
            var accepted = new ValidatedResponse(operation, server.get(pathOf(operation), "Accept", asked.mediaType())).check();
            assertThat(asked.status()).isEqualTo(200);
            assertThat(accepted.mediaType()).isEqualTo(asked.mediaType());
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyFormatHasTheSameRowsUnderTheColumnsOfTheExample(Operation operation) {
        for (var more : withNames(operation)) {
            var rows = request(operation, more + "format=json").check().json().get("data");
            var csv = lines(request(operation, more + "format=csv"), "\r\n");
            var tsv = lines(request(operation, more + "format=tsv"), "\n");
            var ndjson = request(operation, more + "format=ndjson").text();
            assertThat(csv).hasSize(rows.size() + 1).first().isIn(columnsOfExamples(operation));
            assertThat(csv.getFirst().contains("_name")).isEqualTo(!more.isEmpty() && !operation.path().startsWith("/api/v1/users"));
            assertThat(tsv).hasSize(rows.size() + 1).first().isEqualTo(csv.getFirst().replace(',', '\t'));
            assertThat(ndjson).isEqualTo(rows.valueStream().map(row -> row + "\n").collect(Collectors.joining()));
        }
    }

    private static List<String> withNames(Operation operation) {
        return operation.queryParameterNames().contains("include") ? List.of("", "include=name&") : List.of("");
    }

    private static List<String> lines(ValidatedResponse answer, String end) {
        return List.of(answer.check().text().split(end));
    }

    private static List<String> columnsOfExamples(Operation operation) {
        return operation.response(200).get("content").get("text/csv").examples().stream()
                .map(example -> example.asString().split("\r\n", -1)[0]).toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theStatusesAreThoseThatAreDescribedAndNoOthers(Operation operation) {
        try (var _ = new LogCapture(ErrorMapper.class)) {
            assertThat(provokedResponses(operation)).extracting(answer -> Integer.toString(answer.check().status())).hasSameElementsAs(
                    operation.node().get("responses").node().propertyNames());
        }
    }

    /** Answers to all that may go wrong. */
    private List<ValidatedResponse> provokedResponses(Operation operation) {
        var path = pathOf(operation);
        var answers = new ArrayList<HttpResponse<byte[]>>();
        answers.add(server.get(path));
        answers.add(server.get(path, "If-None-Match", "*"));
        answers.add(server.get(path + "?no_such_parameter=1"));
        answers.add(server.get(path + "?include=name"));
        answers.add(server.get(path + "?include=name", "Authorization", "Bearer wrong"));
        answers.add(withoutNames.get(path + "?include=name", "Authorization", AUTHORISED));
        answers.add(server.get(path.replace("/7/", "/8/")));
        answers.add(server.send("POST", path));
        answers.add(server.get(path, "Accept", "image/png"));
        answers.add(whileOverloaded(path));
        answers.add(afterFailure(path, new IllegalStateException("a secret")));
        answers.add(afterFailure(path, new UnavailableException("The database is not reachable.", new IllegalStateException("a secret"))));
        answers.add(
                afterFailure(path, new UnavailableException("The database took too long.", true, new IllegalStateException("a secret"))));
        return answers.stream().map(answer -> new ValidatedResponse(operation, answer)).toList();
    }

    private HttpResponse<byte[]> whileOverloaded(String path) {
        space.beforeAnswer = () -> {
            throw new TooBusyException();
        };
        try {
            return server.get(path);
        } finally {
            space.beforeAnswer = () -> {};
        }
    }

    private HttpResponse<byte[]> afterFailure(String path, RuntimeException failure) {
        space.beforeAnswer = () -> {
            throw failure;
        };
        try (var failing = new TestServer(StubUsageReports.failing(() -> failure), () -> {
            throw new UnavailableException("a secret", failure);
        }, ExchangeObserver.NONE, api(Optional.empty()))) {
            var answer = failing.get(path);
            assertThat(new String(answer.body(), UTF_8)).doesNotContain("secret");
            return answer;
        } finally {
            space.beforeAnswer = () -> {};
        }
    }

    @ParameterizedTest
    @MethodSource("v1")
    void aKeptAnswerIsNotSentAgain(Operation operation) {
        var tag = request(operation, "").check().response().headers().firstValue("ETag").orElseThrow();
        var answer = new ValidatedResponse(operation, server.get(pathOf(operation), "If-None-Match", tag)).check();
        assertThat(answer.status()).isEqualTo(304);
    }

    @Test
    void theDescriptionIsServedAsTheBuildLeftIt() {
        assertThat(server.get("/api/v1/openapi.yaml").body()).isEqualTo(OpenApiContract.resource("openapi.yaml"));
        assertThat(server.get("/api/v1/openapi.json").body()).isEqualTo(OpenApiContract.resource("openapi.json"));
        assertThat(server.get("/api/v1/openapi.json", "Accept-Encoding", "gzip").body()).hasSizeLessThan(20_000);
    }

    private ValidatedResponse request(Operation operation, String query) {
        var isForNames = query.contains("name");
        var path = pathOf(operation) + (query.isEmpty() ? "" : "?" + query);
        return new ValidatedResponse(operation, isForNames ? server.get(path, "Authorization", AUTHORISED) : server.get(path));
    }

    static List<Operation> operations() {
        return CONTRACT.operations();
    }

    static List<Operation> v1() {
        return CONTRACT.v1();
    }

    static Stream<Operation> tables() {
        return CONTRACT.v1().stream().filter(operation -> operation.queryParameterNames().contains("format"));
    }

    static Stream<Arguments> parameters() {
        return CONTRACT.v1().stream().flatMap(operation -> operation.parameters("query").stream()
                .map(parameter -> Arguments.of(operation, parameter)));
    }

    /** Each parameter of which there is one description for several resources on the first of them. */
    static Stream<Arguments> differentParameters() {
        var seen = new HashSet<String>();
        return parameters().filter(parameter -> seen.add(parameter.get()[1].toString()));
    }

    private static String pathOf(Operation operation) {
        return operation.path().replace("{id}", "7");
    }

    private static String name(ContractNode parameter) {
        return parameter.node().get("name").asString();
    }

    private static String query(ContractNode parameter, String value) {
        return name(parameter) + "=" + URLEncoder.encode(value, UTF_8);
    }

    /** A value as it stands in a query; of a list the words with commas between. */
    private static String text(JsonNode example) {
        return example.isArray() ? example.valueStream().map(word -> word.asString()).collect(Collectors.joining(",")) : example.asString();
    }
}
