package coworking.analytics.rest.v1;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.v1.OpenApiContract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what comes out of the whole hexagon, over a ledger in memory, to openapi.yaml. */
@TestInstance(Lifecycle.PER_CLASS)
class ServiceConformanceTest {

    private static final OpenApiContract CONTRACT = OpenApiContract.read();
    private static final String AUTHORISED = "Bearer " + TestServer.TOKEN;

    private TestServer server;
    private TestServer nobodyThere;

    @BeforeAll
    void start() {
        server = new TestServer(InMemorySpace.analytics());
        nobodyThere = new TestServer(InMemorySpace.empty());
    }

    @AfterAll
    void stop() {
        server.close();
        nobodyThere.close();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyAnswerIsAsDescribed(Operation operation, String query) {
        assertThat(Stream.of("json", "csv", "tsv", "ndjson", "xlsx")).allSatisfy(format -> {
            var answer = request(server, operation, query + "&format=" + format);
            assertThat(answer.status()).isEqualTo(200);
        });
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyAnswerOfASpaceWithoutATokenIsAsDescribed(Operation operation, String query) {
        assertThat(Stream.of("json", "csv", "tsv", "ndjson", "xlsx")).allSatisfy(format -> {
            var answer = request(nobodyThere, operation, query + "&format=" + format);
            assertThat(answer.status()).isEqualTo(operation.path().contains("{id}") ? 404 : 200);
        });
    }

    static Stream<Arguments> questions() {
        return CONTRACT.v1().stream().filter(operation -> operation.queryParameterNames().contains("range"))
                .flatMap(operation -> queries(operation).map(query -> Arguments.of(operation, query)));
    }

    /** Some range, and each value of one parameter after the other in it. */
    private static Stream<String> queries(Operation operation) {
        var ranges = Stream.of("range=all", "range=28d&day_start=04:00", "from=2026-03-01&to=2026-03-20", "to=2026-02-01");
        var others = operation.parameters("query").stream().filter(parameter -> parameter.get("schema").has("enum"))
                .filter(parameter -> !parameter.node().get("name").asString().matches("range|format"))
                .flatMap(parameter -> parameter.get("schema").node().get("enum").valueStream()
                        .map(value -> "range=mtd&" + parameter.node().get("name").asString() + "=" + value.asString()));
        var names = operation.queryParameterNames().contains("include") ? Stream.of("range=all&include=total,name") : Stream.<String>of();
        return Stream.of(ranges, others, names).flatMap(queries -> queries);
    }

    @Test
    void responsesComeFromTheWholeService() {
        var examples = Map.of("daily-usage", 80, "user-visits", 28, "summary", 1, "arrivals", 7, "members", 28, "retention", 20, "dormant",
                1,
                "data-quality", 4);
        assertThat(examples).allSatisfy((report, least) -> assertThat(request(server, CONTRACT.operation("/api/v1/reports/" + report),
                "range=all").json().get("data").size()).as(report).isGreaterThanOrEqualTo(least));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/reports/user-visits", "/api/v1/reports/dormant", "/api/v1/users/{id}/visits"})
    void aWalkFromPageToPageIsAsDescribedAndSeesWhatAnExportSees(String path) {
        var operation = CONTRACT.operation(path);
        var rows = new ArrayList<String>();
        var answer = request(server, operation, "limit=2&include=total");
        var total = answer.json().at("/meta/total_count").asLong();
        while (true) {
            answer.json().get("data").forEach(row -> rows.add(row.toString()));
            var next = answer.json().at("/links/next");
            assertThat(answer.response().headers().allValues("Link"))
                    .isEqualTo(next.isMissingNode() ? List.of() : List.of("<" + next.asString() + ">; rel=\"next\""));
            if (next.isMissingNode()) {
                break;
            }
            answer = new ValidatedResponse(operation, server.get(next.asString())).check();
        }
        assertThat(rows).hasSize((int) total).hasSizeGreaterThan(2);
        assertThat(request(server, operation, "format=ndjson").text().lines()).isEqualTo(rows);
    }

    private static ValidatedResponse request(TestServer space, Operation operation, String query) {
        return new ValidatedResponse(operation, space.get(operation.path().replace("{id}", "7") + "?" + query, "Authorization", AUTHORISED))
                .check();
    }
}
