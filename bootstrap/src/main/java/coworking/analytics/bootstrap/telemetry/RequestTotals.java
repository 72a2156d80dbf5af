package coworking.analytics.bootstrap.telemetry;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import coworking.analytics.application.port.out.ReportObserver.AnswerSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The requests of some routes, summed. Totals only grow: a reader that reports intervals subtracts what it reported before.
 *
 * @param byStatusClass the number of requests by the first digit of their status; unmodifiable
 * @param bySource the number of reports by where the answer came from, for every source; unmodifiable
 * @param bytes sent
 * @param nanos spent
 * @param databaseNanos spent waiting for the database
 */
record RequestTotals(List<Long> byStatusClass, Map<AnswerSource, Long> bySource, long bytes, long nanos, long databaseNanos) {

    static final int STATUS_CLASSES = 6;
    private static final int SERVER_ERROR_CLASS = 5;

    RequestTotals plus(RequestTotals other) {
        return combine(other, 1);
    }

    RequestTotals minus(RequestTotals earlier) {
        return combine(earlier, -1);
    }

    private RequestTotals combine(RequestTotals other, int sign) {
        return new RequestTotals(combine(byStatusClass, other.byStatusClass, sign), combine(bySource, other.bySource, sign),
                bytes + sign * other.bytes, nanos + sign * other.nanos, databaseNanos + sign * other.databaseNanos);
    }

    private static Map<AnswerSource, Long> combine(Map<AnswerSource, Long> counts, Map<AnswerSource, Long> others, int sign) {
        return counts.keySet().stream().collect(toUnmodifiableMap(identity(),
                source -> requireNonNull(counts.get(source)) + sign * requireNonNull(others.get(source))));
    }

    private static List<Long> combine(List<Long> counts, List<Long> others, int sign) {
        return IntStream.range(0, counts.size()).mapToObj(i -> counts.get(i) + sign * others.get(i)).toList();
    }

    long requests() {
        return byStatusClass.stream().mapToLong(Long::longValue).sum();
    }

    long serverErrors() {
        return byStatusClass.get(SERVER_ERROR_CLASS);
    }
}
