package coworking.analytics.bootstrap.replay;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is to be asked.
 *
 * @param calls each different from the others, in the order in which they are sent
 * @param leftOut what a file held beyond them, in words; empty where it held nothing else
 */
record Script(List<Call> calls, String leftOut) {

    Script {
        calls = List.copyOf(calls);
    }

    /** What the original's callers were promised, good manners and bad. */
    static Script builtIn() {
        return new Script(Stream.of(
                Call.PATHS.stream().flatMap(Script::asAnyMethod),
                Call.PATHS.stream().flatMap(Script::asMistaken),
                Stream.of("GET", "HEAD", "OPTIONS", "POST").map(method -> new Call(method, "/nowhere")),
                Stream.of(new Call("GET", "/"))).flatMap(calls -> calls).toList(), "");
    }

    private static Stream<Call> asAnyMethod(String path) {
        return Stream.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE").map(method -> new Call(method, path));
    }

    private static Stream<Call> asMistaken(String path) {
        return Stream.of(
                new Call("GET", path + "?a=%ZZ"), new Call("GET", path, "application/xml"),
                new Call("GET", path + "/"), new Call("GET", path.toUpperCase(Locale.ROOT)));
    }
}
