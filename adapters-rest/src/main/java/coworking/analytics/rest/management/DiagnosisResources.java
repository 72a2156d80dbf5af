package coworking.analytics.rest.management;

import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.http.StreamedBody;
import coworking.analytics.rest.http.StreamingOutput;
import coworking.analytics.rest.spi.ProcessManagement;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Diagnosis of a process in a container without tools. One diagnosis runs at a time: each needs memory, a stop of all threads, or
 * processor time, of which a pod has little.
 */
public final class DiagnosisResources {

    private static final int DEFAULT_SECONDS = 30;
    private static final int MAX_SECONDS = 120;

    private static final Header TEXT = contentType("text/plain; charset=utf-8");
    private static final Header JSON = contentType("application/json");
    private static final Header BINARY = contentType("application/octet-stream");
    private static final Header RECORDING_ATTACHMENT = HeaderValues.create(HeaderNames.CONTENT_DISPOSITION,
            "attachment; filename=\"coworking.jfr\"");

    private final ProcessManagement management;
    private final Semaphore permit = new Semaphore(1);

    public DiagnosisResources(ProcessManagement management) {
        this.management = management;
    }

    public Response threadDump(ServerRequest request) {
        return response(JSON, management::writeThreadDump);
    }

    public Response heapHistogram(ServerRequest request) {
        return response(TEXT, management::writeHeapHistogram);
    }

    public Response flightRecording(ServerRequest request) {
        return duration(request)
                .map(length -> response(BINARY, out -> management.writeFlightRecording(length, out)).with(RECORDING_ATTACHMENT))
                .orElseGet(() -> ManagementProblems.invalidDuration(MAX_SECONDS).toResponse(request));
    }

    private static Optional<Duration> duration(ServerRequest request) {
        try {
            var seconds = request.query().first("seconds").map(Integer::parseInt).orElse(DEFAULT_SECONDS);
            return Optional.of(Duration.ofSeconds(seconds)).filter(length -> seconds >= 1 && seconds <= MAX_SECONDS);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Response response(Header type, StreamingOutput content) {
        return Response.json(StreamedBody.chunked(content)).with(type);
    }

    /** Restricts a handler to local clients and to one request at a time. */
    public Handler restrict(Handler handler) {
        return LoopbackOnly.restrict(exclusive(handler));
    }

    private Handler exclusive(Handler handler) {
        return (request, response) -> {
            if (!permit.tryAcquire()) {
                ManagementProblems.diagnosisInProgress().toResponse(request).send(request, response);
                return;
            }
            try {
                handler.handle(request, response);
            } finally {
                permit.release();
            }
        };
    }

    private static Header contentType(String type) {
        return HeaderValues.create(HeaderNames.CONTENT_TYPE, type);
    }
}
