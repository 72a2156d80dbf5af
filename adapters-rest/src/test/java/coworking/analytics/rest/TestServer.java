package coworking.analytics.rest;

import coworking.analytics.application.port.in.Readiness;
import coworking.analytics.application.port.in.UsageReports;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The API on a real server and a free port, and a client that asks it. */
final class TestServer implements AutoCloseable {

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
        api = new UsageApi(reports, readiness, observer);
        var configuration = WebServer.builder();
        UsageApi.configure(configuration, observer);
        server = configuration
                .host("127.0.0.1")
                .routing(HttpRouting.builder().addFeature(api))
                .build()
                .start();
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
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

    /** A connection for requests that no decent client sends. */
    RawConnection connect() {
        return new RawConnection(server.port());
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
