package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;

/**
 * A report in one content coding. Caches may keep it, but must ask each time whether it still stands.
 *
 * @param tag names the bytes of this form, which no other form has
 * @param answer the whole of it
 * @param notModified for callers who have it already
 */
record Form(EntityTag tag, Answer answer, Answer notModified) {

    private static final Header GZIPPED = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");

    static Form plain(EntityTag tag, Body json) {
        return of(tag, Answer.json(json));
    }

    static Form gzip(EntityTag plain, Body zipped) {
        return of(plain.ofGzip(), Answer.json(zipped).with(GZIPPED));
    }

    private static Form of(EntityTag tag, Answer answer) {
        return new Form(tag, cached(tag, answer), cached(tag, Answer.empty(Status.NOT_MODIFIED_304)));
    }

    private static Answer cached(EntityTag tag, Answer answer) {
        return answer.with(tag.header()).with(NO_CACHE).with(VARY);
    }

    /** What to send to this caller. */
    Answer answerTo(Headers request) {
        return tag.isAmong(request) ? notModified : answer;
    }
}
