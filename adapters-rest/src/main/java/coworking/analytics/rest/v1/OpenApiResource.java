package coworking.analytics.rest.v1;

import static java.util.Objects.requireNonNull;

import coworking.analytics.rest.http.CachedRepresentation;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.RepresentationHeaders;
import coworking.analytics.rest.http.RequestContext;
import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.v1.request.QueryParameters;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The OpenAPI description: {@code openapi.yaml}, which is a resource beside this class, or the JSON that the build makes of it. The first
 * request loads it. The extension of the path decides the format.
 */
final class OpenApiResource implements ReadOnlyResource.GetHandler {

    private final String resourceName;
    private final RepresentationHeaders headers;
    private Optional<CachedRepresentation> cached = Optional.empty();

    private OpenApiResource(String resourceName, String contentType) {
        this.resourceName = resourceName;
        this.headers = RepresentationHeaders.of(contentType, "Accept-Encoding");
    }

    static OpenApiResource yaml() {
        return new OpenApiResource("openapi.yaml", "application/yaml");
    }

    static OpenApiResource json() {
        return new OpenApiResource("openapi.json", "application/json");
    }

    @Override
    public Response respond(ServerRequest request) {
        QueryParameters.of(request).throwIfInvalid();
        var representation = cached().select(request.headers(), this::writeTo);
        return RequestContext.addServerTiming(request, representation.responseTo(request.headers()));
    }

    private synchronized CachedRepresentation cached() {
        var known = cached.orElseGet(() -> CachedRepresentation.of(this::writeTo, headers));
        cached = Optional.of(known);
        return known;
    }

    private void writeTo(OutputStream out) throws IOException {
        try (InputStream content = requireNonNull(OpenApiResource.class.getResourceAsStream(resourceName), resourceName)) {
            content.transferTo(out);
        }
    }
}
