package coworking.analytics.bootstrap.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Compares what two services answer, and looks again before it calls a difference one. */
final class Comparison {

    /** Data that changes faster than so many looks in a row cannot be compared. */
    static final int LOOKS = 5;

    private static final int LONGEST_SHOWN = 200;

    /**
     * What was found out about a request.
     *
     * @param verdict in a word
     * @param last the last look
     * @param differences what there is to say of it, a line each; empty where the answers are the same
     */
    record Finding(Verdict verdict, Look last, List<String> differences) {

        Finding {
            differences = List.copyOf(differences);
        }

        boolean isDifference() {
            return verdict == Verdict.DIFFERENT || verdict == Verdict.UNSETTLED;
        }
    }

    enum Verdict {
        /** At the first look. */
        SAME,
        /** At a further one: the data had changed between the two answers. */
        SAME_LATER,
        /** Twice in the same way, or once where a request is not sent twice. */
        DIFFERENT,
        /** Each time in another way. */
        UNSETTLED
    }

    private final Site from;
    private final Site to;
    private final Duration patience;
    private final Duration pause;

    /**
     * Makes a comparison.
     *
     * @param patience how long either may say nothing
     * @param pause what lies between a look and the next
     */
    Comparison(Site from, Site to, Duration patience, Duration pause) {
        this.from = from;
        this.to = to;
        this.patience = patience;
        this.pause = pause;
    }

    Finding of(Call call) {
        var look = look(call);
        if (look.isSame()) {
            return new Finding(Verdict.SAME, look, List.of());
        }
        return call.isSafe() ? again(call, look) : different(Verdict.DIFFERENT, call, look);
    }

    private Finding again(Call call, Look first) {
        var look = first;
        for (int looks = 1; looks < LOOKS; looks++) {
            rest();
            var next = look(call);
            if (next.isSame() || look.isExplainedBy(next)) {
                return new Finding(Verdict.SAME_LATER, next, List.of());
            }
            if (next.equals(look)) {
                return different(Verdict.DIFFERENT, call, next);
            }
            look = next;
        }
        return different(Verdict.UNSETTLED, call, look);
    }

    private Look look(Call call) {
        return Look.at(call, from, to, patience);
    }

    private void rest() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private Finding different(Verdict verdict, Call call, Look look) {
        var lines = new ArrayList<String>();
        if (verdict == Verdict.UNSETTLED) {
            lines.add("different at each of " + LOOKS + " looks, as where data changes all the time; the last one:");
        }
        switch (look) {
            case Unanswered unanswered -> lines.add(unanswered.reason());
            case Answered answered -> describe(call, answered, lines);
        }
        return new Finding(verdict, look, lines);
    }

    private void describe(Call call, Answered look, List<String> lines) {
        if (look.from().status() != look.to().status()) {
            lines.add(pair("status", status(look.from()), status(look.to())));
            return;
        }
        look.from().fields().forEach((name, value) -> {
            var other = look.to().fields().getOrDefault(name, value);
            if (!value.equals(other)) {
                lines.add(pair(name, shown(value), shown(other)));
            }
        });
        look.parting().ifPresent(parting -> {
            lines.add(pair("body", length(look.from()), length(look.to())) + "; they part at byte " + parting.at());
            lines.add("  from: " + parting.from());
            lines.add("  to:   " + parting.to());
            lines.addAll(Entries.differences(call, from, to, patience));
        });
    }

    private static String status(Answer answer) {
        var location = answer.fields().get("Location");
        return answer.status() + (location == null ? "" : " (Location: " + shown(location) + ")");
    }

    private static String length(Answer answer) {
        return answer.body().length() + " bytes";
    }

    private static String shown(String value) {
        return Visible.beginning(value, LONGEST_SHOWN);
    }

    private static String pair(String what, String from, String to) {
        return what + ": from " + from + ", to " + to;
    }
}
