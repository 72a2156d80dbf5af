package coworking.analytics.rest.original;

import coworking.analytics.rest.http.AcceptEncoding;
import coworking.analytics.rest.http.CachedRepresentation;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.Representation;
import coworking.analytics.rest.http.RepresentationHeaders;
import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.http.StreamingOutput;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.function.Supplier;

/**
 * A report, which is read again for each request. Requests that read the same instance share its representation.
 *
 * @param <T> the report; the same instance has the same bytes
 */
public final class CachedReportResource<T> implements ReadOnlyResource.GetHandler {

    private static final RepresentationHeaders HEADERS = RepresentationHeaders.of("application/json", "Accept-Encoding");

    private final Supplier<T> source;
    private final ReportEncoder<T> encoder;
    private LatestReport<T> latest = new LatestReport<>(new WeakReference<>(null), CachedRepresentation.of(out -> {}, HEADERS));

    public CachedReportResource(Supplier<T> source, ReportEncoder<T> encoder) {
        this.source = source;
        this.encoder = encoder;
    }

    @Override
    public Response respond(ServerRequest request) {
        return representation(source.get(), AcceptEncoding.prefersGzip(request.headers())).responseTo(request.headers());
    }

    Representation representation(T report, boolean prefersGzip) {
        StreamingOutput content = out -> encoder.write(report, out);
        var cached = cached(report, content);
        return prefersGzip ? cached.gzip(content) : cached.plain(content);
    }

    private synchronized CachedRepresentation cached(T report, StreamingOutput content) {
        if (!latest.report().refersTo(report)) {
            latest = new LatestReport<>(new WeakReference<>(report), CachedRepresentation.of(content, HEADERS));
        }
        return latest.cached();
    }

    /** The report is compared by identity: comparing its values would take as long as encoding it. */
    private record LatestReport<T>(WeakReference<T> report, CachedRepresentation cached) {}

    /** Encodes a report as bytes. */
    @FunctionalInterface
    public interface ReportEncoder<T> {

        void write(T report, OutputStream out) throws IOException;
    }
}
