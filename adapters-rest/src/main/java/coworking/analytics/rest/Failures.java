package coworking.analytics.rest;

import static java.lang.System.Logger.Level.ERROR;

import coworking.analytics.application.port.in.Unavailable;
import io.helidon.http.HttpException;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Answers whatever a request ran into, and logs what nobody expected. */
final class Failures implements ErrorHandler<Throwable> {

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    @Override
    public void handle(ServerRequest request, ServerResponse response, Throwable failure) {
        if (!isExpected(failure)) {
            LOG.log(ERROR, () -> request.prologue().method() + " " + request.path().absolute().rawPath() + " failed", failure);
        }
        Problem.of(failure).answer(request).send(request, response);
    }

    /** That the ledger is unavailable is logged where it is found out, once and not once a request. */
    private static boolean isExpected(Throwable failure) {
        return failure instanceof Unavailable || (failure instanceof HttpException refusal && refusal.status().code() < 500);
    }
}
