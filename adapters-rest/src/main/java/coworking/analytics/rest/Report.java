package coworking.analytics.rest;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.function.Supplier;

/**
 * A report, asked for anew for each request.
 *
 * <p>Callers who are given the same report share what a first look at its bytes showed: its tag, its length and, where it is
 * short, the bytes. That of the latest report is remembered.
 *
 * @param <T> the report; the same instance has the same bytes
 */
final class Report<T> implements Resource.Content {

    private final Supplier<T> question;
    private final Encoder<T> json;
    private Latest<T> latest = new Latest<>(new WeakReference<>(null), Encoded.of(out -> {}));

    Report(Supplier<T> question, Encoder<T> json) {
        this.question = question;
        this.json = json;
    }

    @Override
    public Answer answer(ServerRequest request) {
        return form(question.get(), AcceptEncoding.prefersGzip(request.headers())).answerTo(request.headers());
    }

    Form form(T report, boolean zipped) {
        Bytes bytes = out -> json.write(report, out);
        var encoded = encoded(report, bytes);
        return zipped ? encoded.gzip(bytes) : encoded.plain(bytes);
    }

    private synchronized Encoded encoded(T report, Bytes bytes) {
        if (!latest.report().refersTo(report)) {
            latest = new Latest<>(new WeakReference<>(report), Encoded.of(bytes));
        }
        return latest.encoded();
    }

    /** The report is only to be recognised: equal ones would do as well, but take as long to compare as to encode. */
    private record Latest<T>(WeakReference<T> report, Encoded encoded) {}

    /** Writes a report as bytes. */
    @FunctionalInterface
    interface Encoder<T> {

        void write(T report, OutputStream out) throws IOException;
    }
}
