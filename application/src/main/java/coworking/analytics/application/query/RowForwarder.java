package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.application.port.in.SpaceAnalytics.RowConsumer;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Passes all rows of a report to a consumer. The export begins with the first row: if the ledger fails before it, the whole call fails
 * rather than half an export, and by then it is known where the facts came from.
 */
public final class RowForwarder<R> implements Predicate<R> {

    private final RowConsumer<R> consumer;
    private final Supplier<ResultMetadata> metadata;
    private boolean hasStarted;

    private RowForwarder(RowConsumer<R> consumer, Supplier<ResultMetadata> metadata) {
        this.consumer = consumer;
        this.metadata = metadata;
    }

    /**
     * Exports all rows. The consumer is begun even if there is none.
     *
     * @return false, without a call to the consumer, if the rows belong to something unknown
     */
    public static <R, P> boolean forward(RowSource<R, P> rows, ReportContext context, RowConsumer<R> consumer) {
        if (!rows.isKnown(context)) {
            return false;
        }
        var forwarder = new RowForwarder<>(consumer, () -> context.metadata(rows.notes(context)));
        rows.forEachWhile(context, Optional.empty(), forwarder);
        forwarder.begin();
        return true;
    }

    @Override
    public boolean test(R row) {
        begin();
        consumer.accept(row);
        return true;
    }

    private void begin() {
        if (!hasStarted) {
            hasStarted = true;
            consumer.begin(metadata.get());
        }
    }
}
