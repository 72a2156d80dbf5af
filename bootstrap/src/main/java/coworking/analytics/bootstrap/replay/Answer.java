package coworking.analytics.bootstrap.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the callers of the original may rely on of an answer. Two answers that are equal are the same to them.
 *
 * @param status as it came
 * @param fields the headers that count here, by their names; unmodifiable
 * @param body how many bytes there were, and which
 */
record Answer(int status, SortedMap<String, String> fields, Digest body) {

    private static final int SUCCESS = 2;
    private static final int REDIRECTION = 3;
    private static final String NONE = "none";

    /**
     * The bytes of a body in a few.
     *
     * @param length how many there are
     * @param sha256 what they add up to
     */
    record Digest(long length, String sha256) {

        /** Nothing, or nothing that counts. */
        static final Digest NOTHING = new Digest(0, "");
    }

    static Answer of(Call call, Head head, Digest body) {
        return new Answer(head.status(), Collections.unmodifiableSortedMap(fields(call, head)), body);
    }

    /** Pages that tell of a mistake are written anew; only {@code failed} is read by somebody. */
    static boolean hasBodyThatCounts(Call call, int status) {
        return status / 100 == SUCCESS || (status == 500 && call.path().equals(Call.READINESS));
    }

    private static SortedMap<String, String> fields(Call call, Head head) {
        var fields = new TreeMap<String, String>();
        if (hasBodyThatCounts(call, head.status())) {
            put(fields, head, "Content-Type");
            put(fields, head, "Content-Encoding");
            if (call.method().equals("HEAD")) {
                put(fields, head, "Content-Length");
            }
        }
        if (head.status() == 405 || (call.method().equals("OPTIONS") && head.status() / 100 == SUCCESS)) {
            fields.put("Allow", head.field("Allow").map(Answer::set).orElse(NONE));
        }
        if (head.status() / 100 == REDIRECTION) {
            put(fields, head, "Location");
        }
        return fields;
    }

    private static void put(Map<String, String> fields, Head head, String name) {
        fields.put(name, head.field(name).orElse(NONE));
    }

    private static String set(String list) {
        var members = new TreeSet<String>();
        for (var member : list.split(",", -1)) {
            if (!member.isBlank()) {
                members.add(member.strip());
            }
        }
        return String.join(", ", members);
    }
}
