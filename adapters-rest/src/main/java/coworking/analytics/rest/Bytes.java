package coworking.analytics.rest;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that can be written as often as they are asked for, the same each time. */
@FunctionalInterface
interface Bytes {

    /** Writes all of them and closes nothing. */
    void writeTo(OutputStream out) throws IOException;
}
