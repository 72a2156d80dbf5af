package coworking.analytics.ops.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of CloudWatch, and what they mean for 250m to 500m and 128Mi to 256Mi on a t3.medium: 2000m and 4096Mi. */
class RightSizeTest {

    private static final double MEBIBYTE = 1024 * 1024;

    @TempDir
    Path directory = Path.of("");

    @Test
    void aWeekBelowHalfOfTheRequestReducesIt() throws IOException {
        // 2 % and 4 % of 2000m are 40m and 80m: 60m on average, for which 70 % of 86m would do. 1.2 times 40 MiB are 48.
        assertThat(measured(7, List.of(2.0, 4.0), 10, 40)).containsSubsequence(
                "7 days measured",
                "CPU 60m 200m 80m 250m 500m",
                "memory 40Mi 40Mi 40Mi 128Mi 256Mi",
                "CPU request: reduce it from 250m to 90m: below half of the request on every day",
                "CPU limit: keep 500m: a JVM that starts uses all that it is given, and a lower limit makes rollouts slower",
                "memory request: reduce it from 128Mi to 48Mi: below half of the request on every day",
                "memory limit: keep 256Mi: the heap is half of it, so a lower limit is a smaller heap");
    }

    @Test
    void lessThanAWeekReducesNothing() throws IOException {
        assertThat(measured(6, List.of(2.0, 4.0), 10, 40)).contains(
                "6 days measured: too few to reduce anything, a week has to pass", "CPU request: keep 250m", "memory request: keep 128Mi");
    }

    @Test
    void oneBusyDayKeepsTheRequest() throws IOException {
        var quiet = series("pod_cpu_utilization_average", 0, 6, List.of(2.0, 4.0));
        var busy = series("pod_cpu_utilization_average", 6, 1, List.of(6.0, 7.0));
        var memory = series("pod_memory_working_set_maximum", 0, 7, List.of(100 * MEBIBYTE));
        assertThat(run(data(quiet, busy, memory))).contains("CPU request: keep 250m", "memory request: keep 128Mi");
    }

    @Test
    void moreThanTheRequestRaisesItAtOnce() throws IOException {
        // 15 % are 300m, which are 70 % of 429m; 22 % are 440m, and a quarter more 550m. A quarter more than 240 MiB are 300.
        assertThat(measured(1, List.of(15.0), 22, 240)).contains(
                "CPU request: raise it from 250m to 430m: more than that was used",
                "CPU limit: raise it from 500m to 550m: more than four fifths of it were used",
                "memory request: raise it from 128Mi to 288Mi: more than that was used",
                "memory limit: raise it from 256Mi to 304Mi: more than four fifths of it were used");
    }

    @Test
    void percentagesOfMemoryAreOfTheNode() throws IOException {
        // 2 % of 2048 MiB are 41.
        var cpu = series("pod_cpu_utilization_average", 0, 7, List.of(2.0));
        var memory = series("pod_memory_utilization_maximum", 0, 7, List.of(2.0));
        assertThat(run(data(cpu, memory), "--node", "t3.small")).contains("memory 41Mi 41Mi 41Mi 128Mi 256Mi");
    }

    @Test
    void statisticsAreReadToo() throws IOException {
        var cpu = Files.writeString(directory.resolve("cpu.json"), """
                {"Label": "pod_cpu_utilization", "Datapoints": [
                  {"Timestamp": "2026-11-01T00:00:00+00:00", "Average": 15.0, "Maximum": 18.0, "Unit": "Percent"}]}""");
        var memory = Files.writeString(directory.resolve("memory.json"), """
                {"Label": "pod_memory_working_set", "Datapoints": [
                  {"Timestamp": "2026-11-01T00:00:00+00:00", "Average": 1.0E8, "Maximum": 1.048576E8, "Unit": "Bytes"}]}""");
        assertThat(Output.of(RightSize::run, "--cpu", 100, 200, "--memory", 64, 128, cpu, memory).lines()).contains(
                "CPU 300m 360m 300m 100m 200m",
                "memory 100Mi 100Mi 100Mi 64Mi 128Mi",
                "CPU request: raise it from 100m to 430m: more than that was used",
                "CPU limit: raise it from 200m to 450m: more than four fifths of it were used",
                "memory request: raise it from 64Mi to 128Mi: more than that was used");
    }

    @Test
    void whatIsNoAnswerIsRefused() throws IOException {
        assertThat(run("{\"Messages\": []}"))
                .containsExactly("neither MetricDataResults nor Datapoints in it: not an answer of CloudWatch");
        assertThat(run("{\"MetricDataResults\": [}")).containsExactly("not JSON: expected a value at character 23");
        assertThat(run("{\"MetricDataResults\": []}"))
                .containsExactly("no samples of pod_cpu_utilization's average, or none of the memory's maximum");
        assertThat(run(data(series("pod_network_average", 0, 1, List.of(1.0))))).containsExactly("what is pod_network (average)?");
        assertThat(run("{}", "--node", "m5.large")).containsExactly("no node type m5.large: one of [t3.medium, t3.small]");
    }

    @Test
    void theQueriesAskForWhatIsRead() throws IOException {
        var queries = Files.readString(Output.COST.resolve("queries.json"));
        assertThat(queries).contains("pod_cpu_utilization_average", "pod_cpu_utilization_maximum", "pod_memory_working_set_maximum");
    }

    private List<String> measured(int days, List<Double> cpu, double highestCpu, double memory) throws IOException {
        return run(data(
                series("pod_cpu_utilization_average", 0, days, cpu),
                series("pod_cpu_utilization_maximum", 0, days, List.of(highestCpu)),
                series("pod_memory_working_set_maximum", 0, days, List.of(memory * MEBIBYTE))));
    }

    private List<String> run(String json, Object... options) throws IOException {
        var file = Files.writeString(directory.resolve("usage.json"), json);
        var arguments = new java.util.ArrayList<>(List.of(options));
        arguments.add(file);
        return Output.of(RightSize::run, arguments.toArray()).lines();
    }

    private static String data(String... series) {
        return "{\"MetricDataResults\": [%s], \"Messages\": []}".formatted(String.join(",", series));
    }

    /** The same values on each day, an hour apart. */
    private static String series(String id, int from, int days, List<Double> values) {
        var times = IntStream.range(0, days * values.size()).mapToObj(i -> String.format(Locale.ROOT, "\"2026-11-%02dT%02d:00:00+00:00\"",
                1 + from + i / values.size(), i % values.size())).toList();
        var samples = IntStream.range(0, days * values.size()).mapToObj(i -> String.valueOf(values.get(i % values.size()))).toList();
        return """
                {"Id": "%s", "Label": "a \\"label\\"", "Timestamps": [%s], "Values": [%s], "StatusCode": "Complete"}""".formatted(
                id, String.join(", ", times), String.join(", ", samples));
    }
}
