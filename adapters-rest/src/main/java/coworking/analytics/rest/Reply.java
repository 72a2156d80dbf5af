package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an answer of v1 says of itself to caches and browsers.
 *
 * @param request what is answered
 * @param type its media type
 * @param hasNames whether names of people are in it
 */
record Reply(ServerRequest request, Header type, boolean hasNames) {

    private static final Header GZIPPED = HeaderValues.create(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final Header NO_CACHE = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final Header VARY = HeaderValues.create(HeaderNames.VARY, "Accept, Accept-Encoding");
    private static final Header VARY_WITH_NAMES = HeaderValues.create(HeaderNames.VARY, "Accept, Accept-Encoding, Authorization");

    /** An answer that is held, in the coding that its caller likes best; without its content where the caller has that already. */
    Answer held(TaggedBytes content, List<Header> more) {
        var plain = content.toByteArray();
        var zipped = prefersGzip() ? Gzip.of(plain) : plain;
        var whole = zipped.length < plain.length
                ? new Form(content.tag().ofGzip(), Answer.json(new HeldBody(zipped)).with(GZIPPED))
                : new Form(content.tag(), Answer.json(new HeldBody(plain)));
        return whole.tag().isAmong(request.headers())
                ? notModified().with(whole.tag().header())
                : whole.answer().with(content(more)).with(whole.tag().header()).with(caching());
    }

    /** For a caller who has it already. */
    Answer notModified() {
        return Answer.empty(Status.NOT_MODIFIED_304).with(caching());
    }

    /** An answer of which not all is there when it begins. */
    Answer streamed(Body body, List<Header> more) {
        return (prefersGzip() ? Answer.json(body).with(GZIPPED) : Answer.json(body)).with(content(more)).with(caching());
    }

    private List<Header> content(List<Header> more) {
        return Stream.concat(Stream.of(type), more.stream()).toList();
    }

    private List<Header> caching() {
        var timing = Call.of(request).map(Call::timing).stream();
        return Stream.concat(Stream.of(NO_CACHE, hasNames ? VARY_WITH_NAMES : VARY), timing).toList();
    }

    boolean prefersGzip() {
        return AcceptEncoding.prefersGzip(request.headers());
    }

    private record Form(EntityTag tag, Answer answer) {}
}
