package coworking.analytics.rest.v1.response;

import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import java.util.Optional;

/**
 * Receives the rows of a report one by one.
 *
 * @param <R> a row
 */
public interface RowSink<R> {

    /** Called once, before the first row. */
    void begin(ResultMetadata metadata, Optional<String> nextPageToken);

    /** The next row. */
    void accept(R row);
}
