package coworking.analytics.rest;

import static java.lang.System.Logger.Level.ERROR;

import coworking.analytics.application.port.in.SpaceAnalytics.About;
import coworking.analytics.domain.Days;
import coworking.analytics.rest.Inquiry.Sink;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows on their way from the hexagon to the caller. They are asked for when the answer is sent, so everything that the answer says of
 * itself is found out here, too.
 *
 * @param <R> a row
 */
final class RowsBody<R> implements Body {

    private static final System.Logger LOG = System.getLogger(RowsBody.class.getName());

    private final Target target;
    private final String name;
    private final Inquiry<R> inquiry;
    private final Format format;
    private final Reply reply;

    RowsBody(Target target, String name, Inquiry<R> inquiry, Format format, Reply reply) {
        this.target = target;
        this.name = name;
        this.inquiry = inquiry;
        this.format = format;
        this.reply = reply;
    }

    @Override
    public void sendHead(ServerResponse response) {
        send(response);
    }

    @Override
    public void send(ServerResponse response) {
        var delivery = new Delivery(reply, format.word() + target.self(), response);
        try {
            write(delivery);
            delivery.finish();
        } catch (Delivery.Enough enough) {
            delivery.finishWithoutContent();
        } catch (IOException | RuntimeException failure) {
            throw brokenOff(delivery, failure);
        }
    }

    private void write(Delivery delivery) {
        var writer = format.writer(inquiry.table(), delivery);
        inquiry.rows(new Sink<>() {

            @Override
            public void begin(About about, Optional<String> next) {
                delivery.head(Stream.concat(Stream.of(file(about.days())), next.map(target::link).stream()).toList());
                unchecked(writer::begin);
            }

            @Override
            public void row(R row) {
                unchecked(() -> writer.row(row));
            }
        });
        unchecked(writer::end);
    }

    private Header file(Optional<Days> days) {
        var range = days.map(known -> "_" + known.first() + "_" + known.last()).orElse("").replace("+", "");
        return HeaderValues.create(HeaderNames.CONTENT_DISPOSITION,
                "attachment; filename=\"" + name + range + "." + format.word() + "\"");
    }

    /** Before the first byte, a failure can still be answered; after it, the connection has to end where the content does. */
    private static RuntimeException brokenOff(Delivery delivery, Exception failure) {
        delivery.abandon();
        if (!delivery.hasBegun() && failure instanceof RuntimeException early) {
            return early;
        }
        if (!(failure instanceof IOException || failure instanceof UncheckedIOException || Failures.isExpected(failure))) {
            LOG.log(ERROR, "An answer broke off", failure);
        }
        return new ServerConnectionException("The answer ended before its end", failure);
    }

    private static void unchecked(Writing writing) {
        try {
            writing.run();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Something that writes. */
    interface Writing {

        void run() throws IOException;
    }
}
