package coworking.analytics.bootstrap;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the service says of itself, and where.
 *
 * @param cluster what metrics call the cluster that it runs in
 * @param managementHost the address to listen on for operators
 * @param managementPort the port to listen on for operators, 0 for none
 * @param logLevel from which level on events are logged
 * @param access which requests have lines in the log
 * @param accessOneOf of how many requests one has a line where they are sampled
 * @param tracesTo where traces are sent by OTLP, as the URL of a collector; empty for nowhere
 * @param tracesAs what this service is called in traces
 * @param tracesShare how many of the traces that begin here are kept, 0 to 1
 * @param version what the metrics call this build; empty for the jar's version
 * @param revision the commit that it was built from
 */
record TelemetrySettings(
        String cluster,
        String managementHost,
        int managementPort,
        String logLevel,
        AccessLog.Mode access,
        int accessOneOf,
        String tracesTo,
        String tracesAs,
        double tracesShare,
        String version,
        String revision) {

    static final String HELP = """
              APP_CLUSTER                my-cluster  what CloudWatch's metrics call the cluster
              APP_MANAGEMENT_HOST          APP_HOST  the address to listen on for operators
              APP_MANAGEMENT_PORT              9153  metrics, health and diagnosis; 0 or empty: none
              APP_LOG_LEVEL                    INFO  ERROR, WARN, INFO, DEBUG or OFF
              APP_ACCESS_LOG                 errors  off, errors, sampled or all: which requests have a line
              APP_ACCESS_LOG_SAMPLE             100  1 to 1000000: one of so many, where they are sampled
              APP_VERSION                 the jar's  what the metrics call this build
              APP_REVISION                  unknown  the commit it was built from
              OTEL_EXPORTER_OTLP_ENDPOINT      none  where to send traces by OTLP over HTTP, as in http://collector:4318
              OTEL_SERVICE_NAME           coworking  what traces call this service
              OTEL_TRACES_SAMPLER_ARG             1  0 to 1: the share of traces begun here that is kept
            """;

    private static final Set<String> LEVELS = new TreeSet<>(LogLevels.LEVELS.keySet());
    private static final Set<String> MODES = new TreeSet<>(List.of("off", "errors", "sampled", "all"));

    static TelemetrySettings from(Environment read, String host) {
        return new TelemetrySettings(
                read.name("APP_CLUSTER", "my-cluster"),
                read.host("APP_MANAGEMENT_HOST", host),
                read.portOrNone("APP_MANAGEMENT_PORT", 9153),
                read.oneOf("APP_LOG_LEVEL", "INFO", LEVELS),
                mode(read.oneOf("APP_ACCESS_LOG", "errors", MODES)),
                read.number("APP_ACCESS_LOG_SAMPLE", 100, 1, 1_000_000),
                read.urlOrNone("OTEL_EXPORTER_OTLP_ENDPOINT"),
                read.text("OTEL_SERVICE_NAME", "coworking"),
                read.share("OTEL_TRACES_SAMPLER_ARG", 1),
                read.textOrNone("APP_VERSION"),
                read.text("APP_REVISION", "unknown"));
    }

    private static AccessLog.Mode mode(String name) {
        return switch (name) {
            case "off" -> AccessLog.Mode.OFF;
            case "sampled" -> AccessLog.Mode.SAMPLED;
            case "all" -> AccessLog.Mode.ALL;
            default -> AccessLog.Mode.ERRORS;
        };
    }

    /** Traces go to the path that OTLP gives them below the collector's URL. */
    URI tracesUrl() {
        return URI.create(tracesTo + (tracesTo.endsWith("/") ? "" : "/") + "v1/traces");
    }
}
