package coworking.analytics.bootstrap.settings;

import java.net.URI;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Logs, metrics and traces: what is written, and where to.
 *
 * @param cluster the cluster's name in metrics
 * @param managementHost the address of the management port
 * @param managementPort the management port, 0 for none
 * @param logLevel the level from which events are logged
 * @param accessLogMode which requests the access log shows
 * @param accessLogSampleEvery one request in how many is logged in mode {@code SAMPLED}
 * @param otlpEndpoint the URL of the collector that receives traces by OTLP; empty for none
 * @param traceServiceName the service's name in traces
 * @param traceSampleRatio the share of traces begun here that is kept, 0 to 1
 * @param version the build's version in metrics; empty for the jar's version
 * @param revision the commit that it was built from
 */
public record TelemetrySettings(
        String cluster,
        String managementHost,
        int managementPort,
        LogLevel logLevel,
        AccessLogMode accessLogMode,
        int accessLogSampleEvery,
        String otlpEndpoint,
        String traceServiceName,
        double traceSampleRatio,
        String version,
        String revision) {

    public static final String HELP = """
              APP_CLUSTER                my-cluster  the cluster's name in CloudWatch metrics
              APP_MANAGEMENT_HOST          APP_HOST  the address of the management port
              APP_MANAGEMENT_PORT              9153  metrics, health and diagnosis; 0 or empty: none
              APP_LOG_LEVEL                    INFO  ERROR, WARN, INFO, DEBUG or OFF
              APP_ACCESS_LOG                 errors  off, errors, sampled or all: which requests are logged
              APP_ACCESS_LOG_SAMPLE             100  1 to 1000000: with sampled, one request in so many is logged
              APP_VERSION                 the jar's  the build's version in metrics
              APP_REVISION                  unknown  the commit of the build
              OTEL_EXPORTER_OTLP_ENDPOINT      none  the collector for traces by OTLP over HTTP, such as http://collector:4318
              OTEL_SERVICE_NAME           coworking  the service's name in traces
              OTEL_TRACES_SAMPLER_ARG             1  0 to 1: the share of traces begun here that is kept
            """;

    private static final SortedMap<String, LogLevel> LOG_LEVELS = Stream.of(LogLevel.values())
            .collect(toSortedMap(LogLevel::name));
    private static final SortedMap<String, AccessLogMode> ACCESS_LOG_MODES = Stream.of(AccessLogMode.values())
            .collect(toSortedMap(mode -> mode.name().toLowerCase(Locale.ROOT)));

    private static <T> Collector<T, ?, SortedMap<String, T>> toSortedMap(Function<T, String> name) {
        return Collectors.toMap(name, Function.identity(), (first, second) -> first, TreeMap::new);
    }

    /**
     * Reads them; the reader remembers the faults.
     *
     * @param host the address that the service listens on
     */
    public static TelemetrySettings from(EnvironmentReader reader, String host) {
        return new TelemetrySettings(
                reader.name("APP_CLUSTER", "my-cluster"),
                reader.host("APP_MANAGEMENT_HOST", host),
                reader.optionalPort("APP_MANAGEMENT_PORT", 9153),
                reader.oneOf("APP_LOG_LEVEL", "INFO", LOG_LEVELS),
                reader.oneOf("APP_ACCESS_LOG", "errors", ACCESS_LOG_MODES),
                reader.number("APP_ACCESS_LOG_SAMPLE", 100, 1, 1_000_000),
                reader.optionalUrl("OTEL_EXPORTER_OTLP_ENDPOINT"),
                reader.text("OTEL_SERVICE_NAME", "coworking"),
                reader.ratio("OTEL_TRACES_SAMPLER_ARG", 1),
                reader.optionalText("APP_VERSION"),
                reader.text("APP_REVISION", "unknown"));
    }

    /** The collector's URL with the path that OTLP defines for traces. */
    public URI tracesUrl() {
        return URI.create(otlpEndpoint + (otlpEndpoint.endsWith("/") ? "" : "/") + "v1/traces");
    }
}
