package coworking.analytics.replay;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The requests to send.
 *
 * @param requests without duplicates, in the order of sending
 * @param omitted what was left out of a file, in words; empty if nothing was
 */
record RequestList(List<ReplayRequest> requests, String omitted) {

    RequestList {
        requests = List.copyOf(requests);
    }

    /** The requests that the contract of the original covers, correct and incorrect. */
    static RequestList builtIn() {
        return new RequestList(Stream.of(
                ReplayRequest.ORIGINAL_PATHS.stream().flatMap(RequestList::withEachMethod),
                ReplayRequest.ORIGINAL_PATHS.stream().flatMap(RequestList::withMistakes),
                Stream.of("GET", "HEAD", "OPTIONS", "POST").map(method -> new ReplayRequest(method, "/nowhere")),
                Stream.of(new ReplayRequest("GET", "/"))).flatMap(requests -> requests).toList(), "");
    }

    private static Stream<ReplayRequest> withEachMethod(String path) {
        return Stream.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE").map(method -> new ReplayRequest(method, path));
    }

    private static Stream<ReplayRequest> withMistakes(String path) {
        return Stream.of(
                new ReplayRequest("GET", path + "?a=%ZZ"), new ReplayRequest("GET", path, "application/xml"),
                new ReplayRequest("GET", path + "/"), new ReplayRequest("GET", path.toUpperCase(Locale.ROOT)));
    }
}
