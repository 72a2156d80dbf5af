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

    /** Writes what is left after the last row, and does not close the stream. To be called once. */
    void finish() throws IOException;
}
