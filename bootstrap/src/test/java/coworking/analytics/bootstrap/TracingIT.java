package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the packaged service tells a collector. */
class TracingIT {

    private static final String DAILY_USAGE = "/api/reports/daily_usage";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    private TestDatabase database;
    private StubOtlpCollector collector;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.migrated();
        collector = new StubOtlpCollector();
    }

    @AfterEach
    void stop() throws Exception {
        collector.close();
        database.close();
    }

    @Test
    void aRequestIsATraceOfItsWorkWithinThatOfItsCaller() throws Exception {
        try (var service = tracing("OTEL_TRACES_SAMPLER_ARG", "0", "APP_ACCESS_LOG", "all").awaitServing()) {
            var answer = service.send(HttpRequest.newBuilder(service.request(DAILY_USAGE).uri())
                    .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01").header("X-Request-Id", "mine").build());
            assertThat(answer.headers().firstValue("traceparent")).get().asString().matches("00-" + TRACE + "-[0-9a-f]{16}-01");
            service.get(DAILY_USAGE); // Of the traces that begin here none is kept.
            service.terminate();
            service.exitStatus();

            assertThat(collector.spans()).allSatisfy(span -> assertThat(hex(span.getTraceId().toByteArray())).isEqualTo(TRACE));
            var request = span("GET " + DAILY_USAGE).orElseThrow();
            assertThat(hex(request.getParentSpanId().toByteArray())).isEqualTo(CALLER);
            assertThat(request.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
            assertThat(attributes(request)).containsEntry("http.route", DAILY_USAGE).containsEntry("http.response.status_code", "200")
                    .containsEntry("coworking.request_id", "mine").containsEntry("coworking.cache", "computed");
            for (var step : new String[]{"day tallies", "encode"}) {
                var span = span(step).orElseThrow();
                assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
                assertThat(span.getStartTimeUnixNano()).isGreaterThanOrEqualTo(request.getStartTimeUnixNano());
                assertThat(span.getEndTimeUnixNano()).isLessThanOrEqualTo(request.getEndTimeUnixNano());
            }
            assertThat(span("day tallies").orElseThrow().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
            assertThat(collector.received().getFirst().getResource().getAttributesList().toString()).contains("coworking");
            assertThat(service.out()).anyMatch(line -> line.contains("\"trace_id\":\"" + TRACE + "\""));
        }
    }

    @Test
    void whoWaitsForAnothersReadHasASpanOfThatWait() throws Exception {
        database.execute("ALTER TABLE tokens RENAME TO slow; CREATE VIEW tokens AS SELECT slow.* FROM pg_sleep(1), slow");
        try (var service = tracing().awaitServing(); var callers = HttpClient.newHttpClient()) {
            var answers = Stream.generate(() -> callers.sendAsync(service.request(DAILY_USAGE), BodyHandlers.ofString())).limit(3).toList();
            for (var answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            service.terminate();
            service.exitStatus();

            var wait = span("shared wait").orElseThrow();
            assertThat(wait.getEndTimeUnixNano() - wait.getStartTimeUnixNano()).isGreaterThan(500_000_000L);
        }
    }

    @Test
    void aFailureIsMarkedAndACollectorThatIsGoneHurtsNobody() throws Exception {
        database = TestDatabase.stoppable();
        try (var service = tracing().awaitServing()) {
            assertThat(service.status(DAILY_USAGE)).isEqualTo(200);
            database.stop();
            assertThat(service.status(DAILY_USAGE)).isEqualTo(500);
            service.await("for the spans", () -> collector.spans().anyMatch(span -> attributes(span)
                    .getOrDefault("http.response.status_code", "").equals("500")));
            assertThat(collector.spans().filter(span -> span.getName().equals("day tallies")).map(span -> span.getStatus().getCodeValue()))
                    .containsExactly(0, 2);
            collector.close();
            assertThat(service.status("/health_check")).isEqualTo(200);
            assertThat(service.status(DAILY_USAGE)).isEqualTo(500);
            service.await("for the loss to be told", () -> service.out().stream().anyMatch(line -> line.contains("takes no traces")));
            assertThat(service.status(DAILY_USAGE)).isEqualTo(500);
            service.terminate();
            service.exitStatus();
            assertThat(service.out()).filteredOn(line -> line.contains("collector") || line.contains("opentelemetry")).singleElement()
                    .asString().contains("\"level\":\"WARN\"", "the collector takes no traces: java.net.ConnectException");
        }
    }

    private ServiceProcess tracing(String... more) throws Exception {
        var environment = database.environment(more);
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
        return ServiceProcess.start(environment);
    }

    private Optional<Span> span(String name) {
        return collector.spans().filter(span -> span.getName().equals(name)).findFirst();
    }

    private static Map<String, String> attributes(Span span) {
        var attributes = new HashMap<String, String>();
        span.getAttributesList().forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().hasIntValue()
                ? String.valueOf(attribute.getValue().getIntValue())
                : attribute.getValue().getStringValue()));
        return attributes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
