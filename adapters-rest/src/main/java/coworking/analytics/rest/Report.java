package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.function.Supplier;

/** A report, made anew for each request: caches may keep it, but must ask each time whether it still stands. */
final class Report implements Resource.Content {

    private static final Header NO_CACHE = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache");

    private final Supplier<byte[]> json;

    Report(Supplier<byte[]> json) {
        this.json = json;
    }

    @Override
    public Answer answer(ServerRequest request) {
        var body = json.get();
        var tag = EntityTag.of(body);
        var answer = tag.isAmong(request.headers()) ? Answer.empty(Status.NOT_MODIFIED_304) : Answer.json(body);
        return answer.with(tag.header()).with(NO_CACHE);
    }
}
