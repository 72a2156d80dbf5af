package coworking.analytics.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parts of a response that callers may rely on. Equal responses are the same to a caller.
 *
 * @param status the status code
 * @param headers the headers that are compared, by name; unmodifiable
 * @param digest the length and hash of the body
 */
record ComparableResponse(int status, SortedMap<String, String> headers, BodyDigest digest) {

    private static final int SUCCESS = 2;
    private static final int REDIRECTION = 3;
    private static final String ABSENT = "none";

    /**
     * A digest of a body.
     *
     * @param length the number of bytes
     * @param sha256 their hash
     */
    record BodyDigest(long length, String sha256) {

        /** No body, or one that is not compared. */
        static final BodyDigest EMPTY = new BodyDigest(0, "");
    }

    static ComparableResponse of(ReplayRequest request, ResponseHead head, BodyDigest body) {
        return new ComparableResponse(head.status(), Collections.unmodifiableSortedMap(headers(request, head)), body);
    }

    /** Error pages may differ, except {@code failed} of the readiness check, which probes read. */
    static boolean isBodyCompared(ReplayRequest request, int status) {
        return status / 100 == SUCCESS || (status == 500 && request.path().equals(ReplayRequest.READINESS_CHECK));
    }

    private static SortedMap<String, String> headers(ReplayRequest request, ResponseHead head) {
        var fields = new TreeMap<String, String>();
        if (isBodyCompared(request, head.status())) {
            putHeader(fields, head, "Content-Type");
            putHeader(fields, head, "Content-Encoding");
            if (request.method().equals("HEAD")) {
                putHeader(fields, head, "Content-Length");
            }
        }
        if (head.status() == 405 || (request.method().equals("OPTIONS") && head.status() / 100 == SUCCESS)) {
            fields.put("Allow", head.header("Allow").map(ComparableResponse::sortedMembers).orElse(ABSENT));
        }
        if (head.status() / 100 == REDIRECTION) {
            putHeader(fields, head, "Location");
        }
        return fields;
    }

    private static void putHeader(Map<String, String> fields, ResponseHead head, String name) {
        fields.put(name, head.header(name).orElse(ABSENT));
    }

    private static String sortedMembers(String list) {
        var members = new TreeSet<String>();
        for (var member : list.split(",", -1)) {
            if (!member.isBlank()) {
                members.add(member.strip());
            }
        }
        return String.join(", ", members);
    }
}
