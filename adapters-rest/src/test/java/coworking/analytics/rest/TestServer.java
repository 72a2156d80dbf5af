package coworking.analytics.rest;

import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.rest.spi.ExchangeObserver;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** The API on a real server and a free port, and a client that asks it. */
public final class TestServer implements AutoCloseable {

    /** Of callers who may see names; as long and odd as one may be. */
    public static final String TOKEN = "s3cr+t/Tok~en._-=";

    private final RestApi api;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public TestServer(UsageReports reports) {
        this(reports, () -> {});
    }

    public TestServer(UsageReports reports, Readiness readiness) {
        this(reports, readiness, ExchangeObserver.NONE);
    }

    public TestServer(UsageReports reports, Readiness readiness, ExchangeObserver observer) {
        this(reports, readiness, observer, routing -> {});
    }

    /** With the URLs of v1 beside those of the original. */
    public TestServer(SpaceAnalytics analytics, ExchangeObserver observer) {
        this(StubUsageReports.typical(), () -> {}, observer,
                new AnalyticsApi(analytics, StubSpaceAnalytics::now, SpaceClock.UTC_ONLY, Optional.of(TOKEN)));
    }

    public TestServer(SpaceAnalytics analytics) {
        this(analytics, ExchangeObserver.NONE);
    }

    public TestServer(UsageReports reports, Readiness readiness, ExchangeObserver observer, HttpFeature more) {
        api = new RestApi(observer, new UsageApi(reports, readiness, observer), more);
        var configuration = WebServer.builder();
        api.configure(configuration);
        server = configuration
                .host("127.0.0.1")
                .routing(HttpRouting.builder().addFeature(api))
                .build()
                .start();
    }

    public HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    public HttpResponse<byte[]> send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(url(path))
                .method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(method + " " + path, failure);
        }
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** A connection for requests that no decent client sends. */
    public RawConnection connect() {
        return new RawConnection(server.port());
    }

    /** For bytes that are no requests at all. */
    public LenientHttpClient lenientCaller() {
        return new LenientHttpClient(server.port());
    }

    public void drain() {
        api.drain();
    }

    @Override
    public void close() {
        client.close();
        server.stop();
    }
}
