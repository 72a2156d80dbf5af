package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.rest.RestApi;
import coworking.analytics.rest.spi.Route;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shows the request statistics to Prometheus, by route, method and status. */
public final class PrometheusRequestExporter implements MultiCollector {

    private static final String DURATIONS = "http_server_requests_seconds";
    private static final String DURATIONS_HELP = "Time to answer requests";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<Double> UPPER_BOUNDS = Stream.concat(
            RequestSeries.BUCKET_SECONDS.stream(), Stream.of(Double.POSITIVE_INFINITY)).toList();

    private final RequestStatistics statistics;

    public PrometheusRequestExporter(RequestStatistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public MetricSnapshots collect() {
        var seriesByLabels = new LinkedHashMap<Labels, List<RequestSeries>>();
        statistics.forEachSeries((route, method, status, series) -> seriesByLabels
                .computeIfAbsent(Labels.of("route", route.path(), "method", method, "status", String.valueOf(status)),
                        labels -> new ArrayList<>())
                .add(series));
        return new MetricSnapshots(durations(seriesByLabels), maxDurations(seriesByLabels), bytes());
    }

    private static HistogramSnapshot durations(Map<Labels, List<RequestSeries>> seriesByLabels) {
        var snapshot = HistogramSnapshot.builder().name(DURATIONS).help(DURATIONS_HELP);
        seriesByLabels.forEach((labels, series) -> snapshot.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(UPPER_BOUNDS, bucketCounts(series)))
                .sum(series.stream().mapToLong(RequestSeries::totalNanos).sum() / NANOS_PER_SECOND)
                .build()));
        return snapshot.build();
    }

    private static List<Long> bucketCounts(List<RequestSeries> series) {
        var counts = series.stream().map(RequestSeries::bucketCounts).toList();
        return IntStream.range(0, UPPER_BOUNDS.size())
                .mapToObj(i -> counts.stream().mapToLong(ofSeries -> ofSeries.get(i)).sum()).toList();
    }

    private static GaugeSnapshot maxDurations(Map<Labels, List<RequestSeries>> seriesByLabels) {
        var snapshot = GaugeSnapshot.builder().name(DURATIONS + "_max").help(DURATIONS_HELP);
        seriesByLabels.forEach((labels, series) -> snapshot.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(series.stream().mapToDouble(RequestSeries::maxSeconds).max().orElseThrow())
                .build()));
        return snapshot.build();
    }

    private CounterSnapshot bytes() {
        var snapshot = CounterSnapshot.builder().name("http_server_response_bytes").help("Bytes sent, headers included");
        for (var route : RestApi.routes()) {
            snapshot.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(Labels.of("route", route.path())).value((double) statistics.totals(route).bytes()).build());
        }
        return snapshot.build();
    }
}
