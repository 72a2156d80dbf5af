package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.lang.ref.SoftReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A report, asked for anew for each request: caches may keep it, but must ask each time whether it still stands.
 *
 * <p>Callers who ask at the same time are given the same report, so it is encoded once for all of them. The latest bytes are kept
 * for that, and let go where memory is short.
 *
 * @param <T> the report; the same instance has the same bytes
 */
final class Report<T> implements Resource.Content {

    private static final Header NO_CACHE = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache");

    private final Supplier<T> question;
    private final Function<T, byte[]> json;
    private SoftReference<Encoded> latest = new SoftReference<>(null);

    Report(Supplier<T> question, Function<T, byte[]> json) {
        this.question = question;
        this.json = json;
    }

    @Override
    public Answer answer(ServerRequest request) {
        var encoded = encoded(question.get());
        var answer = encoded.tag.isAmong(request.headers())
                ? Answer.empty(Status.NOT_MODIFIED_304)
                : Answer.json(encoded.body);
        return answer.with(encoded.tag.header()).with(NO_CACHE);
    }

    synchronized Encoded encoded(T report) {
        var known = latest.get();
        if (known == null || !known.isOf(report)) {
            known = new Encoded(report, json.apply(report));
            latest = new SoftReference<>(known);
        }
        return known;
    }

    /** The bytes of one report. */
    static final class Encoded {

        private final Object report;
        private final byte[] body;
        private final EntityTag tag;

        Encoded(Object report, byte[] body) {
            this.report = report;
            this.body = body;
            this.tag = EntityTag.of(body);
        }

        @SuppressWarnings("ReferenceEquality") // Equal reports would do as well, but take as long to compare as to encode.
        boolean isOf(Object other) {
            return report == other;
        }
    }
}
