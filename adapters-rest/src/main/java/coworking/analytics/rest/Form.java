package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/**
 * A report in one content coding.
 *
 * @param tag names the bytes of this form, which no other form has
 * @param answer the whole of it, with its headers apart from the tag
 */
record Form(EntityTag tag, Answer answer) {

    private static final Header GZIPPED = HeaderValues.create(HeaderNames.CONTENT_ENCODING, "gzip");

    static Form plain(EntityTag tag, Body json) {
        return new Form(tag, Answer.json(json));
    }

    static Form gzip(EntityTag plain, Body zipped) {
        return new Form(plain.ofGzip(), Answer.json(zipped).with(GZIPPED));
    }
}
