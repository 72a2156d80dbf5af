package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What shows an operator the inside of a process that has no tools beside it. One look at a time: each costs memory, a stop of all
 * threads or processor time, of which a pod has little.
 */
final class Diagnosis {

    private static final int USUAL_SECONDS = 30;
    private static final int MOST_SECONDS = 120;

    private static final Header TEXT = type("text/plain; charset=utf-8");
    private static final Header JSON = type("application/json");
    private static final Header FILE = type("application/octet-stream");
    private static final Header NAME = HeaderValues.create(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"coworking.jfr\"");

    private final Management management;
    private final Semaphore look = new Semaphore(1);

    Diagnosis(Management management) {
        this.management = management;
    }

    Answer threads(ServerRequest request) {
        return answer(JSON, management::writeThreads);
    }

    Answer heap(ServerRequest request) {
        return answer(TEXT, management::writeHeap);
    }

    Answer recording(ServerRequest request) {
        return seconds(request)
                .map(length -> answer(FILE, out -> management.writeRecording(length, out)).with(NAME))
                .orElseGet(() -> Problem.wrongLength(MOST_SECONDS).answer(request));
    }

    private static Optional<Duration> seconds(ServerRequest request) {
        try {
            var seconds = request.query().first("seconds").map(Integer::parseInt).orElse(USUAL_SECONDS);
            return Optional.of(Duration.ofSeconds(seconds)).filter(length -> seconds >= 1 && seconds <= MOST_SECONDS);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Answer answer(Header type, Bytes content) {
        return Answer.json(StreamedBody.inChunks(content)).with(type);
    }

    /** Keeps others out for as long as the handler takes. */
    Handler alone(Handler handler) {
        return (request, response) -> {
            if (!look.tryAcquire()) {
                Problem.busy().answer(request).send(request, response);
                return;
            }
            try {
                handler.handle(request, response);
            } finally {
                look.release();
            }
        };
    }

    private static Header type(String type) {
        return HeaderValues.create(HeaderNames.CONTENT_TYPE, type);
    }
}
