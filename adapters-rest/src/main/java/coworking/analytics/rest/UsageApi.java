package coworking.analytics.rest;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.ServiceHealthCheck;
import coworking.analytics.rest.original.CachedReportResource;
import coworking.analytics.rest.original.OriginalRoute;
import coworking.analytics.rest.original.ProbeResource;
import coworking.analytics.rest.original.ReportJson;
import coworking.analytics.rest.spi.ExchangeObserver;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckType;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;

/** The URLs of the original service. */
public final class UsageApi implements HttpFeature {

    private final UsageReports reports;
    private final List<HealthCheck> checks;
    private final ExchangeObserver observer;

    /** Makes an API that reads from the given ports, again for each request. */
    public UsageApi(UsageReports reports, Readiness readiness) {
        this(reports, readiness, ExchangeObserver.NONE);
    }

    /** Makes an API that also reports the encoding of each report to an observer. */
    public UsageApi(UsageReports reports, Readiness readiness, ExchangeObserver observer) {
        this.reports = reports;
        this.observer = observer;
        this.checks = List.of(ServiceHealthCheck.alive(), ServiceHealthCheck.ready(readiness));
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.any(OriginalRoute.HEALTH_CHECK.path(), probe(HealthCheckType.LIVENESS))
                .any(OriginalRoute.READINESS_CHECK.path(), probe(HealthCheckType.READINESS))
                .any(OriginalRoute.DAILY_USAGE.path(),
                        new ReadOnlyResource(new CachedReportResource<>(reports::dailyUsage, observed(ReportJson::write))))
                .any(OriginalRoute.USER_VISITS.path(),
                        new ReadOnlyResource(new CachedReportResource<>(reports::userVisits, observed(ReportJson::write))));
    }

    private ReadOnlyResource probe(HealthCheckType type) {
        return new ReadOnlyResource(new ProbeResource(type, checks));
    }

    private <T> CachedReportResource.ReportEncoder<T> observed(CachedReportResource.ReportEncoder<T> encoder) {
        return (report, out) -> {
            var encodingEnded = observer.encodingStarted();
            try {
                encoder.write(report, out);
            } finally {
                encodingEnded.run();
            }
        };
    }
}
