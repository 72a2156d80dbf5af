package coworking.analytics.application.query;

import coworking.analytics.application.port.in.SpaceAnalytics.RowQuestion;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rows of a report that is read page by page or exported as a whole.
 *
 * @param <R> a row
 * @param <P> a position in the order of the rows
 */
public interface RowSource<R, P> extends RowQuestion<R> {

    /** Whether what the rows belong to is known, even if it has no rows. */
    default boolean isKnown(ReportContext context) {
        return true;
    }

    /** Passes the rows after a position, or all rows, to the consumer until it returns false. */
    void forEachWhile(ReportContext context, Optional<P> after, Predicate<R> consumer);

    /** The number of rows before and after the position. */
    long count(ReportContext context, Optional<P> after);

    /**
     * The position of a row.
     *
     * @param after the position after which the row's page began
     */
    P positionOf(R row, ReportContext context, Optional<P> after);

    /** What a reader of the rows might misunderstand, in whole sentences. */
    default List<String> notes(ReportContext context) {
        return List.of();
    }
}
