package coworking.analytics.rest.management;

import coworking.analytics.rest.http.BufferedBody;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.spi.ProcessManagement;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** All metrics, for Prometheus. */
public final class PrometheusResource implements ReadOnlyResource.GetHandler {

    private static final Header CONTENT_TYPE = HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    private static final int INITIAL_BYTES = 32_768;

    private final ProcessManagement management;

    public PrometheusResource(ProcessManagement management) {
        this.management = management;
    }

    @Override
    public Response respond(ServerRequest request) {
        var metrics = new ByteArrayOutputStream(INITIAL_BYTES);
        try {
            management.writeMetrics(metrics);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory failed", impossible);
        }
        return Response.json(new BufferedBody(metrics.toByteArray())).with(CONTENT_TYPE);
    }
}
