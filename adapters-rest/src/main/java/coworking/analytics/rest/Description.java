package coworking.analytics.rest;

import static java.util.Objects.requireNonNull;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What the API is, in the words of OpenAPI: {@code openapi.yaml}, which stands beside this class and is the source, or what the build
 * made of it as JSON. Read when it is asked for first; what is asked for by its name is of the type that the name says.
 */
final class Description implements Resource.Content {

    private static final Header YAML = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/yaml");
    private static final Header JSON = HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");

    private final String file;
    private final Header type;
    private Optional<Encoded> encoded = Optional.empty();

    private Description(String file, Header type) {
        this.file = file;
        this.type = type;
    }

    static Description yaml() {
        return new Description("openapi.yaml", YAML);
    }

    static Description json() {
        return new Description("openapi.json", JSON);
    }

    @Override
    public Answer answer(ServerRequest request) {
        Reading.of(request).complain();
        var form = form(AcceptEncoding.prefersGzip(request.headers()));
        var answer = form.tag().isAmong(request.headers()) ? form.notModified() : form.answer().with(type);
        return answer.with(Call.of(request).map(Call::timing).stream().toList());
    }

    private Form form(boolean zipped) {
        var known = encoded();
        return zipped ? known.gzip(this::writeTo) : known.plain(this::writeTo);
    }

    private synchronized Encoded encoded() {
        var known = encoded.orElseGet(() -> Encoded.of(this::writeTo));
        encoded = Optional.of(known);
        return known;
    }

    private void writeTo(OutputStream out) throws IOException {
        try (InputStream content = requireNonNull(Description.class.getResourceAsStream(file), file)) {
            content.transferTo(out);
        }
    }
}
