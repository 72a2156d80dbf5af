package coworking.analytics.rest;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.UsageReports;
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
final class TestServer implements AutoCloseable {

    /** Of callers who may see names; as long and odd as one may be. */
    static final String TOKEN = "s3cr+t/Tok~en._-=";

    private final UsageApi api;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    TestServer(UsageReports reports) {
        this(reports, () -> {});
    }

    TestServer(UsageReports reports, Readiness readiness) {
        this(reports, readiness, ExchangeObserver.NOBODY);
    }

    TestServer(UsageReports reports, Readiness readiness, ExchangeObserver observer) {
        this(reports, readiness, observer, routing -> {});
    }

    /** With the URLs of v1 beside those of the original. */
    TestServer(SpaceAnalytics analytics, ExchangeObserver observer) {
        this(StubReports.typical(), () -> {}, observer, new AnalyticsApi(analytics, () -> StubAnalytics.NOW, Optional.of(TOKEN)));
    }

    TestServer(SpaceAnalytics analytics) {
        this(analytics, ExchangeObserver.NOBODY);
    }

    TestServer(UsageReports reports, Readiness readiness, ExchangeObserver observer, HttpFeature more) {
        api = new UsageApi(reports, readiness, observer);
        var configuration = WebServer.builder();
        UsageApi.configure(configuration, observer);
        server = configuration
                .host("127.0.0.1")
                .routing(HttpRouting.builder().addFeature(api).addFeature(more))
                .build()
                .start();
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) {
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

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** A connection for requests that no decent client sends. */
    RawConnection connect() {
        return new RawConnection(server.port());
    }

    /** For bytes that are no requests at all. */
    LenientCaller lenientCaller() {
        return new LenientCaller(server.port());
    }

    void drain() {
        api.drain();
    }

    @Override
    public void close() {
        client.close();
        server.stop();
    }
}
