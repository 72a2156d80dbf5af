package coworking.analytics.bootstrap;

import coworking.analytics.domain.DailyUsage;
import coworking.analytics.postgres.DatabaseObserver.Folding;
import java.time.Clock;
import java.time.LocalDate;
import java.util.OptionalLong;

/** What was last known of things that are looked at now and then, and not with every request. Times are seconds since 1970. */
final class Vitals {

    private static final double MILLIS = 1_000;

    private final Clock clock;
    private volatile long journalRows;
    private volatile long journalGeneration;
    private volatile double journalSeenEmpty;
    private volatile long auditDifferences = -1;
    private volatile double audited = Double.NaN;
    private volatile double visits = Double.NaN;
    private volatile double visitsToday = Double.NaN;
    private volatile double usageRead = Double.NaN;

    Vitals(Clock clock) {
        this.clock = clock;
        journalSeenEmpty = now();
    }

    private double now() {
        return clock.millis() / MILLIS;
    }

    /** Another generation is another's fold: of a further replica, or of the primary where this reads a standby. */
    void counted(long rows, long generation) {
        if (rows == 0 || generation != journalGeneration) {
            journalSeenEmpty = now();
        }
        journalRows = rows;
        journalGeneration = generation;
    }

    void folded(Folding how) {
        if (how == Folding.FOLDED || how == Folding.NOTHING) {
            journalSeenEmpty = now();
        }
    }

    void audited(long differences) {
        auditDifferences = differences;
        audited = now();
    }

    /** Answers do not come from what was audited any more. */
    void forgetAudit() {
        auditDifferences = -1;
        audited = Double.NaN;
    }

    /** Today is the day on the space's wall. */
    void read(DailyUsage usage) {
        visits = usage.total();
        visitsToday = usage.visits().getOrDefault(LocalDate.now(clock), 0L);
        usageRead = now();
    }

    long journalRows() {
        return journalRows;
    }

    /** Seconds since the journal was last seen empty, or to be folded by anybody. */
    double rollupLag() {
        return Math.max(0, now() - journalSeenEmpty);
    }

    /** Of the last audit in this process; empty before one, and where answers come from the tables. */
    OptionalLong auditDifferences() {
        return auditDifferences < 0 ? OptionalLong.empty() : OptionalLong.of(auditDifferences);
    }

    /** When the last audit ended; not a number before one. */
    double audited() {
        return audited;
    }

    /** All visits that the usage log last saw; not a number before that. */
    double visits() {
        return visits;
    }

    double visitsToday() {
        return visitsToday;
    }

    /** When the usage log last had an answer; not a number before that. */
    double usageRead() {
        return usageRead;
    }
}
