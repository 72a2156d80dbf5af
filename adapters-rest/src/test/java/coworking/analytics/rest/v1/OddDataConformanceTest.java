package coworking.analytics.rest.v1;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.v1.OpenApiContract.Operation;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer is as described, whatever is in the tables: names that are code, ids at the ends, and years that a finger slipped on. */
@TestInstance(Lifecycle.PER_CLASS)
class OddDataConformanceTest {

    private static final OpenApiContract CONTRACT = OpenApiContract.read();

    private static final List<String> NAMES = List.of("", " ", "\"=1+2\"", "\"Bob", "x;=1+1", "\n=1+1", "\t", "\u0000", "\u0007bell",
            "<script>",
            "O'Neill, \"3\"", "😀".repeat(40), "\u202Eright to left", "a".repeat(40_000), "null", "NaN", "-0", "1e400");

    private static final List<LocalDateTime> TIMES = Stream.of("2026-03-01T00:00", "2026-03-08T23:59:59.999999", "2026-03-09T10:15:30.25",
            "2026-03-09T10:15:31", "2030-01-01T00:00", "9999-12-31T23:59:59.999999", "0001-01-01T00:00",
            "2024-02-29T12:00", "1899-12-31T23:00", "1900-02-28T00:00", "+20226-05-01T09:00", "-0043-03-15T12:00", "+294276-12-31T23:59:59")
            .map(LocalDateTime::parse).toList();

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(InMemorySpace.over(oddities()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static List<StoreChange> oddities() {
        var ids = List.of(Long.MIN_VALUE, -1L, 0L, 7L, 8L, 9L, 1L << 53, Long.MAX_VALUE);
        var changes = new ArrayList<StoreChange>();
        for (var number = 0; number < ids.size() * 8; number++) {
            var id = ids.get(number % ids.size());
            var time = TIMES.get(number % TIMES.size());
            if (number < ids.size()) {
                var joined = number == 3 ? Optional.<LocalDateTime>empty() : Optional.of(TIMES.get((number * 5) % TIMES.size()));
                changes.add(new PutUser(new User(id, new PersonName(NAMES.get(number), NAMES.get(NAMES.size() - 1 - number)), joined,
                        number % 2 == 0)));
            }
            var used = number % 3 == 0 ? Optional.<LocalDateTime>empty() : Optional.of(TIMES.get((number * 7) % TIMES.size()));
            changes.add(
                    new PutToken(number == 0 ? Long.MIN_VALUE : number, new Token(number % 5 == 0 ? 1_000L + number : id, "", time, used)));
        }
        for (var name : NAMES) {
            var id = 100 + NAMES.indexOf(name);
            changes.add(new PutUser(new User(id, new PersonName(name, name), Optional.of(StubSpaceAnalytics.NOW), true)));
            changes.add(new PutToken(1_000 + id,
                    new Token(id, name, StubSpaceAnalytics.NOW.minusDays(3), Optional.of(StubSpaceAnalytics.NOW))));
        }
        return changes;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyAnswerIsAsDescribed(Operation operation) {
        var isOfUsers = operation.queryParameterNames().contains("include");
        for (var range : List.of("range=all", "", "range=28d&day_start=04:30", "from=0001-01-01&to=0001-01-01",
                "from=9999-12-31&to=9999-12-31",
                "to=9999-12-31&from=9999-11-01", "from=2026-03-01", "to=0001-01-02", "to=2026-03-09")) {
            for (var more : moreParameters(operation)) {
                for (var format : List.of("json", "csv", "tsv", "ndjson", "xlsx")) {
                    var path = operation.path().replace("{id}", "7") + "?" + range + more + "&format=" + format
                            + (isOfUsers ? "&include=name" : "");
                    var answer = new ValidatedResponse(operation, server.get(path, "Authorization", "Bearer " + TestServer.TOKEN)).check();
                    assertThat(answer.status()).as(path).isEqualTo(200);
                }
            }
        }
    }

    private static List<String> moreParameters(Operation operation) {
        var names = operation.queryParameterNames();
        var more = new ArrayList<>(List.of(""));
        Stream.of("interval=week", "interval=month", "metric=average", "cohort=month", "sort=id", "compare=previous", "compare=year")
                .filter(parameter -> names.contains(parameter.substring(0, parameter.indexOf('='))))
                .filter(parameter -> !parameter.startsWith("metric") || operation.path().endsWith("arrivals"))
                .forEach(parameter -> more.add("&" + parameter));
        return more;
    }

    static Stream<Operation> operations() {
        return CONTRACT.v1().stream().filter(operation -> operation.queryParameterNames().contains("range"));
    }
}
