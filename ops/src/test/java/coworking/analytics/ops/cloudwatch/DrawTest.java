package coworking.analytics.ops.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of a few lines, and the picture that has to come of it. */
class DrawTest {

    private static final long START = 1_795_460_400_000L;

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyWidgetIsDrawnWithUnitsAndLegends() throws Exception {
        var drawn = draw(log(600, 0, "1,2,3,4") + log(600, 0, "400", 30_000) + log(0, 0, "", 60_000) + log(1200, 12, "5", 120_000));
        assertThat(drawn.status()).as(drawn.output()).isZero();
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
                new java.io.ByteArrayInputStream(drawn.output().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        var texts = new ArrayList<String>();
        for (int i = 0; i < document.getElementsByTagName("text").getLength(); i++) {
            texts.add(document.getElementsByTagName("text").item(i).getTextContent());
        }

        Template.named("dashboard").dashboard().path("widgets").forEach(widget -> {
            if (widget.path("type").asText().equals("metric")) {
                assertThat(texts).contains(widget.path("properties").path("title").asText(),
                        widget.path("properties").path("yAxis").path("left").path("label").asText());
            }
        });
        assertThat(texts).contains(
                // 1,200 requests in the last minute.
                "all replicas: 20",
                // The only one of the last minute.
                "99 of 100 below: 5",
                // Twelve of 1,200 failed.
                "answered: 99",
                "answered 5xx: 12",
                "no figures of ContainerInsights in this run",
                "objective 500");
    }

    @Test
    void statisticsAreThoseOfThePeriod() throws IOException, InterruptedException {
        var hundred = IntStream.rangeClosed(1, 100).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(draw(log(0, 0, hundred)).output()).contains("half below: 50<", "90 of 100 below: 90<", "99 of 100 below: 99<");
        assertThat(draw(log(60, 0, "1") + log(60, 0, "2", 30_000)).output()).contains("all replicas: 2<", "half below: 1<");
    }

    /** Zero of zero is no availability, so there is none to draw. */
    @Test
    void aPeriodWithoutRequestsHasNoAvailability() throws IOException, InterruptedException {
        assertThat(draw(log(0, 0, "")).output()).contains("all replicas: 0<").doesNotContain("answered: ");
    }

    @Test
    void whatIsNoLogOfMetricsIsRefused() throws IOException, InterruptedException {
        assertThat(draw("{\"message\":\"started\"}\n").status()).isEqualTo(2);
        assertThat(draw("{\"_aws\":{}}\n").output()).startsWith("no embedded metrics: ");
        assertThat(draw("{\"_aws\":{}\n").output()).startsWith("not JSON");
    }

    private Programs.Ended draw(String log) throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve("log.jsonl"), log);
        return Programs.run(Map.of(), List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "ops/cloudwatch/Draw.java", "--period", "60", file.toString()));
    }

    private static String log(int requests, int errors, String milliseconds) {
        return log(requests, errors, milliseconds, 0);
    }

    private static String log(int requests, int errors, String milliseconds, long later) {
        return """
                {"message":"usage","cluster":"my-cluster","service":"coworking","Requests":%d,"ServerErrors":%d,\
                "ReportMilliseconds":[%s],"DatabaseUp":1,"_aws":{"Timestamp":%d,"CloudWatchMetrics":[\
                {"Namespace":"Coworking/Analytics","Dimensions":[["cluster","service"]],"Metrics":[\
                {"Name":"Requests","Unit":"Count"},{"Name":"ServerErrors","Unit":"Count"},\
                {"Name":"ReportMilliseconds","Unit":"Milliseconds"},{"Name":"DatabaseUp","Unit":"Count"}]}]}}
                """.formatted(requests, errors, milliseconds, START + later);
    }
}
