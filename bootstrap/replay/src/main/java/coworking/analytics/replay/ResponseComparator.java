package coworking.analytics.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Compares the responses of two services, and retries before it reports a difference. */
final class ResponseComparator {

    /** Data that changes between so many attempts in a row cannot be compared. */
    static final int MAX_ATTEMPTS = 5;

    private static final int MAX_VALUE_SHOWN = 200;

    /**
     * The result for one request.
     *
     * @param verdict the verdict
     * @param lastAttempt the last attempt
     * @param differences the differences, one line each; empty if the responses are the same
     */
    record ComparisonResult(ComparisonVerdict verdict, Attempt lastAttempt, List<String> differences) {

        ComparisonResult {
            differences = List.copyOf(differences);
        }

        boolean isDifference() {
            return verdict == ComparisonVerdict.DIFFERENT || verdict == ComparisonVerdict.UNSTABLE;
        }
    }

    enum ComparisonVerdict {
        /** In the first attempt. */
        SAME,
        /** In a later attempt: the data had changed between the two responses. */
        SAME_AFTER_RETRY,
        /** Twice in the same way, or once if the request is not safe to repeat. */
        DIFFERENT,
        /** In each attempt in another way. */
        UNSTABLE
    }

    private final ServiceUrl from;
    private final ServiceUrl to;
    private final Duration timeout;
    private final Duration pause;

    /**
     * Makes a comparator.
     *
     * @param timeout how long either service may send nothing
     * @param pause the pause between two attempts
     */
    ResponseComparator(ServiceUrl from, ServiceUrl to, Duration timeout, Duration pause) {
        this.from = from;
        this.to = to;
        this.timeout = timeout;
        this.pause = pause;
    }

    ComparisonResult compare(ReplayRequest request) {
        var attempt = attempt(request);
        if (attempt.isSame()) {
            return new ComparisonResult(ComparisonVerdict.SAME, attempt, List.of());
        }
        return request.isSafe() ? retry(request, attempt) : differenceResult(ComparisonVerdict.DIFFERENT, request, attempt);
    }

    private ComparisonResult retry(ReplayRequest request, Attempt first) {
        var attempt = first;
        for (int attempts = 1; attempts < MAX_ATTEMPTS; attempts++) {
            pauseBeforeRetry();
            var next = attempt(request);
            if (next.isSame() || attempt.isExplainedBy(next)) {
                return new ComparisonResult(ComparisonVerdict.SAME_AFTER_RETRY, next, List.of());
            }
            if (next.equals(attempt)) {
                return differenceResult(ComparisonVerdict.DIFFERENT, request, next);
            }
            attempt = next;
        }
        return differenceResult(ComparisonVerdict.UNSTABLE, request, attempt);
    }

    private Attempt attempt(ReplayRequest request) {
        return Attempt.make(request, from, to, timeout);
    }

    private void pauseBeforeRetry() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private ComparisonResult differenceResult(ComparisonVerdict verdict, ReplayRequest request, Attempt attempt) {
        var lines = new ArrayList<String>();
        if (verdict == ComparisonVerdict.UNSTABLE) {
            lines.add("different in each of " + MAX_ATTEMPTS + " attempts; the last one:");
        }
        switch (attempt) {
            case FailedAttempt unanswered -> lines.add(unanswered.reason());
            case AnsweredAttempt answered -> describe(request, answered, lines);
        }
        return new ComparisonResult(verdict, attempt, lines);
    }

    private void describe(ReplayRequest request, AnsweredAttempt attempt, List<String> lines) {
        if (attempt.from().status() != attempt.to().status()) {
            lines.add(bothSides("status", statusText(attempt.from()), statusText(attempt.to())));
            return;
        }
        attempt.from().headers().forEach((name, value) -> {
            var other = attempt.to().headers().getOrDefault(name, value);
            if (!value.equals(other)) {
                lines.add(bothSides(name, escapedValue(value), escapedValue(other)));
            }
        });
        attempt.bodyDifference().ifPresent(parting -> {
            lines.add(bothSides("body", lengthText(attempt.from()), lengthText(attempt.to())) + "; first difference at byte "
                    + parting.position());
            lines.add("  from: " + parting.from());
            lines.add("  to:   " + parting.to());
            lines.addAll(ReportDiff.differences(request, from, to, timeout));
        });
    }

    private static String statusText(ComparableResponse answer) {
        var location = answer.headers().get("Location");
        return answer.status() + (location == null ? "" : " (Location: " + escapedValue(location) + ")");
    }

    private static String lengthText(ComparableResponse answer) {
        return answer.digest().length() + " bytes";
    }

    private static String escapedValue(String value) {
        return Escaped.truncated(value, MAX_VALUE_SHOWN);
    }

    private static String bothSides(String what, String from, String to) {
        return what + ": from " + from + ", to " + to;
    }
}
