package coworking.analytics.rest;

import coworking.analytics.application.port.in.SpaceAnalytics.WrongCursor;
import coworking.analytics.application.port.in.TooBusy;
import coworking.analytics.application.port.in.Unavailable;
import io.helidon.http.HttpException;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Answers whatever a request ran into, and logs what nobody expected. */
final class Failures implements ErrorHandler<Throwable> {

    private final Surprises surprises = new Surprises(System.getLogger(Failures.class.getName()));

    @Override
    public void handle(ServerRequest request, ServerResponse response, Throwable failure) {
        if (!isExpected(failure)) {
            surprises.log(request.prologue().method() + " " + request.path().absolute().rawPath() + " failed", failure);
        }
        Problem.of(failure, Call.of(request).isPresent()).answer(request).send(request, response);
    }

    /** That the ledger is unavailable is logged where it is found out, once and not once a request. */
    static boolean isExpected(Throwable failure) {
        return failure instanceof Unavailable || failure instanceof TooBusy || failure instanceof Refusal || failure instanceof WrongCursor
                || (failure instanceof HttpException refusal && refusal.status().code() < 500);
    }
}
