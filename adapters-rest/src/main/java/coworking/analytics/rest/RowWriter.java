package coworking.analytics.rest;

import java.io.IOException;

/**
 * Writes rows, one after the other, of which it keeps no more than a few kilobytes.
 *
 * @param <R> a row
 */
interface RowWriter<R> {

    /** What stands before all rows. */
    void begin() throws IOException;

    void row(R row) throws IOException;

    /** Writes what was kept, and closes nothing. */
    void end() throws IOException;
}
