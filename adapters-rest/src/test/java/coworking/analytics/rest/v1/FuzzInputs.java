package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What callers might send: much that is nearly right, and some that is nothing at all. */
final class FuzzInputs {

    private static final List<String> VALUES = List.of("2026-03-01", "2026-03-09", "0001-01-01", "9999-12-31", "2026-02-30", "+2026-01-01",
            "28d", "all", "12mo", "04:00", "23:59", "24:00", "week", "month", "day", "previous", "year", "members", "issued", "none",
            "zero",
            "csv", "tsv", "ndjson", "json", "total", "name", "total,name", "-visits", "id", "true", "1", "0", "-1", "1000",
            "9223372036854775807", "99999999999999999999", "0.5", "1e309", "NaN", "Infinity", "100.000000001", "average");

    private static final List<String> PERCENTS = List.of("%", "%Z", "%ZZ", "%00", "%C3", "%C3%28", "%F0%9F%98%80", "%ED%A0%80", "%2",
            "%0d%0a", "+", "%2B");

    private static final List<String> HEADERS = List.of("Accept", "If-None-Match", "X-Request-Id", "Authorization", "Accept-Encoding",
            "accept", "traceparent", "Accept-Language", "Cookie", "Range", "If-Modified-Since");

    private static final List<String> HEADER_VALUES = List.of("*/*", "text/csv", "text/*;q=0.5", "application/json;q=0", "a/b;q=2", "*",
            "W/\"x\"", "\"", "\"a\",\"b", "gzip", "gzip;q=0", "identity;q=0,*;q=0", "Bearer", "Bearer ", "Bearer x", "Basic eA==", "", ";",
            ",", "q=", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "bytes=0-1");

    private static final List<String> PATH_SEGMENTS = List.of("/", "/api", "/v1", "/reports", "/daily-usage", "/users", "/7", "/-1",
            "/99999999999999999999", "/visits", "//", "/.", "/..", ";a=1", "%2F", "%2e", "%", "%ZZ", "%00", "?", "#", "*", "http://space",
            "\u00e9", "\\", "{id}", "/metrics", "/openapi.yaml", ".json");

    private FuzzInputs() {}

    /** Up to eight parameters, of which most have names that are known. */
    static Arbitrary<String> queries(List<String> known) {
        var names = Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(known)), Tuple.of(1, texts()));
        var values = Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.of(VALUES)), Tuple.of(2, texts()), Tuple.of(1, garbage()));
        var equals = Arbitraries.of("=", "=", "=", "", "==", "%3D");
        return joined(Combinators.combine(names, values, equals).as((name, value, is) -> name + is + value), 8, "&");
    }

    /** Any text, encoded as a browser would. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(40).map(text -> URLEncoder.encode(text, UTF_8));
    }

    /** Any bytes that fit into a line, and what looks like an encoding of some. */
    private static Arbitrary<String> garbage() {
        return Arbitraries.oneOf(bytes('!', 60), joined(Arbitraries.of(PERCENTS), 12, ""));
    }

    private static Arbitrary<String> bytes(char first, int most) {
        return Arbitraries.strings().withCharRange(first, '\u00ff').ofMaxLength(most);
    }

    private static Arbitrary<String> joined(Arbitrary<String> parts, int most, String between) {
        return parts.list().ofMaxSize(most).map(list -> String.join(between, list));
    }

    /** Up to six whole lines. */
    static Arbitrary<String> headers() {
        var likely = Arbitraries.of(HEADER_VALUES);
        var values = Arbitraries.frequencyOf(Tuple.of(2, likely), Tuple.of(1, bytes(' ', 200)), Tuple.of(1, joined(likely, 20, ", ")));
        return joined(Combinators.combine(Arbitraries.of(HEADERS), values).as((name, value) -> name + ": " + value + "\r\n"), 6, "");
    }

    /** Some that were given out, some of these with another letter, and some made up. */
    static Arbitrary<String> cursors(List<String> givenOut) {
        var given = Arbitraries.of(givenOut);
        var changed = Combinators.combine(given, Arbitraries.integers().between(0, 60), Arbitraries.chars().alpha().numeric())
                .as((cursor, at, letter) -> changed(cursor, at, letter.toString()));
        var madeUp = Arbitraries.bytes().array(byte[].class).ofMaxSize(80).map(Base64.getUrlEncoder().withoutPadding()::encodeToString);
        return Arbitraries.oneOf(given, changed, madeUp, texts(), garbage());
    }

    private static String changed(String text, int at, String bytes) {
        return text.substring(0, Math.min(at, text.length())) + bytes + text.substring(Math.min(at + 1, text.length()));
    }

    /** Paths, and what stands where one should. */
    static Arbitrary<String> paths() {
        var some = joined(Arbitraries.of(PATH_SEGMENTS), 8, "");
        return Arbitraries.oneOf(some, some.map(path -> "/api/v1" + path), garbage()).map(path -> path.isEmpty() ? "/" : path);
    }

    /** Requests with some bytes of them changed, or cut off, and bytes that are none. */
    static Arbitrary<String> requests(Arbitrary<String> whole) {
        var places = Arbitraries.integers().between(0, 200);
        var changed = Combinators.combine(whole, places, bytes('\u0000', 8)).as(FuzzInputs::changed);
        var cut = Combinators.combine(changed, places).as((request, at) -> request.substring(0, Math.min(at, request.length())));
        var any = Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(bytes -> new String(bytes, ISO_8859_1));
        return Arbitraries.oneOf(changed, cut, any);
    }
}
