package coworking.analytics.rest.http;

import java.io.OutputStream;

/** The content of a response while it is produced. By default its entity tag is computed from its bytes. */
public abstract class TaggedOutput extends OutputStream {

    /**
     * Computes the tag from this text instead of the bytes, from the first call on: for a content whose bytes tell when it was produced.
     *
     * @param text the next part of what the content says
     */
    public abstract void tagBy(String text);
}
