package coworking.analytics.rest;

import io.helidon.webserver.http.ServerRequest;
import java.util.function.BiFunction;

/** One resource of v1: takes its query at its word, sees who asks, and writes what comes of it in the format that is wanted. */
final class Endpoint implements Resource.Content {

    private final String name;
    private final BiFunction<ServerRequest, Reading, Inquiry<?>> question;
    private final Names names;

    /**
     * Makes a resource.
     *
     * @param name the beginning of the names of files with its rows
     * @param question reads what is asked, and asks nothing yet
     */
    Endpoint(String name, BiFunction<ServerRequest, Reading, Inquiry<?>> question, Names names) {
        this.name = name;
        this.question = question;
        this.names = names;
    }

    @Override
    public Answer answer(ServerRequest request) {
        var reading = Reading.of(request);
        var format = reading.get(Format.PARAMETER);
        reading.keepQuietOf(Format.PARAMETER);
        var inquiry = question.apply(request, reading);
        reading.complain();
        if (inquiry.wantsNames()) {
            names.ensureMayBeSeen(request.headers());
        }
        return answer(request, Target.of(request, reading), inquiry, format.orElseGet(() -> Format.acceptedBy(request.headers())));
    }

    private <R> Answer answer(ServerRequest request, Target target, Inquiry<R> inquiry, Format format) {
        var reply = new Reply(request, format.type(), inquiry.wantsNames());
        return format == Format.JSON
                ? json(target, inquiry, reply)
                : Answer.of(new RowsBody<>(target, name, inquiry, format, reply));
    }

    private <R> Answer json(Target target, Inquiry<R> inquiry, Reply reply) {
        var outcome = inquiry.outcome().get();
        return reply.held(new Envelope<>(target, inquiry, outcome).bytes(), outcome.next().map(target::link).stream().toList());
    }
}
