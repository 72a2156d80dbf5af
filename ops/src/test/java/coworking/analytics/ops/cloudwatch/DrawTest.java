package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import coworking.analytics.ops.ProcessResult;
import coworking.analytics.ops.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ops/cloudwatch/draw draws what the service's own lines carry, by the names that the dashboard gives it. */
class DrawTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyWidgetOfTheServicesMetricsIsDrawn() throws IOException, InterruptedException {
        var drawn = draw("""
                {"Requests":3,"ServerErrors":1,"ReportMilliseconds":[1,2,9],"DatabaseUp":1,"HeapUsedMegabytes":40,\
                "_aws":{"Timestamp":1795460400000}}
                {"Requests":0,"ServerErrors":0,"ReportMilliseconds":[],"DatabaseUp":0,"HeapUsedMegabytes":50,\
                "_aws":{"Timestamp":1795460460000}}
                """);

        assertThat(drawn.status()).as(drawn.output()).isZero();
        assertThat(Template.named("dashboard").dashboard().path("widgets")).filteredOn(DrawTest::isOfTheService).hasSizeGreaterThan(9)
                .allSatisfy(widget -> assertThat(drawn.output()).contains(
                        widget.path("properties").path("title").asText(),
                        widget.path("properties").path("yAxis").path("left").path("label").asText()));
    }

    @Test
    void aLogWithoutMetricsIsRefused() throws IOException, InterruptedException {
        assertThat(draw("{\"message\":\"started\"}\n").status()).isEqualTo(2);
        assertThat(draw("{\"_aws\":{}\n").status()).isEqualTo(2);
    }

    private static boolean isOfTheService(JsonNode widget) {
        return StreamSupport.stream(widget.path("properties").path("metrics").spliterator(), false)
                .anyMatch(metric -> metric.path(0).asText().equals("Coworking/Analytics"));
    }

    private ProcessResult draw(String log) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Processes.exists("gnuplot") && Processes.exists("jq"), "SKIPPED: the picture needs gnuplot and jq");
        var file = Files.writeString(directory.resolve("log.jsonl"), log);
        return Processes.run(Map.of(), "ops/cloudwatch/draw", "--period", "60", file.toString());
    }
}
