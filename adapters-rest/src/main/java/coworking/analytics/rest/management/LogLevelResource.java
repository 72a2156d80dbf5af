package coworking.analytics.rest.management;

import coworking.analytics.rest.http.BufferedBody;
import coworking.analytics.rest.http.JsonWriter;
import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.spi.ProcessManagement;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The log levels. */
public final class LogLevelResource {

    private static final int MAX_LEVEL_BYTES = 16;

    private final ProcessManagement management;

    public LogLevelResource(ProcessManagement management) {
        this.management = management;
    }

    /** The levels of all loggers that have their own. */
    public Response logLevels() {
        return Response.json(new BufferedBody(JsonWriter.object(json -> {
            for (var level : management.logLevels().entrySet()) {
                json.writeStringField(level.getKey(), level.getValue());
            }
        })));
    }

    /** Sets the level of the logger in the path to the level in the body. */
    public Response setLogLevel(ServerRequest request) {
        var level = requestedLevel(request);
        return management.setLogLevel(request.path().pathParameters().get("name"), level)
                ? logLevels()
                : ManagementProblems.invalidLogLevel().toResponse(request);
    }

    private static String requestedLevel(ServerRequest request) {
        try (InputStream body = request.content().inputStream()) {
            return new String(body.readNBytes(MAX_LEVEL_BYTES), StandardCharsets.US_ASCII).strip();
        } catch (IOException disconnected) {
            throw new UncheckedIOException(disconnected);
        }
    }
}
