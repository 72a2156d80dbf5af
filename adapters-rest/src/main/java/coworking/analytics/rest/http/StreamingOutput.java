package coworking.analytics.rest.http;

import java.io.IOException;
import java.io.OutputStream;

/** A content that can be written several times, with the same bytes each time. */
@FunctionalInterface
public interface StreamingOutput {

    /** Writes all of it, and does not close the stream. */
    void writeTo(OutputStream out) throws IOException;
}
