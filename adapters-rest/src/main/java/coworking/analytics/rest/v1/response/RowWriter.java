package coworking.analytics.rest.v1.response;

import java.io.IOException;

/**
 * Writes rows one by one. It buffers a few kilobytes.
 *
 * @param <R> a row
 */
public interface RowWriter<R> {

    /** Writes the part before the first row. */
    void writeHeader() throws IOException;

    void writeRow(R row) throws IOException;

    /** Writes the buffered bytes, and does not close the stream. */
    void flush() throws IOException;
}
