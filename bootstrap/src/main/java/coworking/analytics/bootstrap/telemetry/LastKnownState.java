package coworking.analytics.bootstrap.telemetry;

import coworking.analytics.application.port.out.LedgerObserver.FoldOutcome;
import coworking.analytics.domain.report.DailyUsage;
import java.time.Clock;
import java.time.LocalDate;
import java.util.OptionalLong;

/** The last known values of what is measured periodically. Times are seconds since 1970. */
public final class LastKnownState {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Clock clock;
    private volatile long journalRows;
    private volatile long journalGeneration;
    private volatile double journalEmptyAt;
    private volatile long auditDifferences = -1;
    private volatile double lastAuditAt = Double.NaN;
    private volatile double visits = Double.NaN;
    private volatile double visitsToday = Double.NaN;
    private volatile double usageReadAt = Double.NaN;

    public LastKnownState(Clock clock) {
        this.clock = clock;
        journalEmptyAt = nowSeconds();
    }

    private double nowSeconds() {
        return clock.millis() / MILLIS_PER_SECOND;
    }

    /** A new generation means that another process has folded: another replica, or the primary of the standby that this service reads. */
    void journalCounted(long rows, long generation) {
        if (rows == 0 || generation != journalGeneration) {
            journalEmptyAt = nowSeconds();
        }
        journalRows = rows;
        journalGeneration = generation;
    }

    void journalFolded(FoldOutcome outcome) {
        if (outcome == FoldOutcome.FOLDED || outcome == FoldOutcome.NOTHING) {
            journalEmptyAt = nowSeconds();
        }
    }

    public void auditFinished(long differences) {
        auditDifferences = differences;
        lastAuditAt = nowSeconds();
    }

    /** Answers no longer come from the audited data. */
    public void forgetAudit() {
        auditDifferences = -1;
        lastAuditAt = Double.NaN;
    }

    /** Today is the current date on the store's clock, by which the frozen report counts. */
    void updateUsage(DailyUsage usage) {
        visits = usage.total();
        visitsToday = usage.visits().getOrDefault(LocalDate.now(clock), 0L);
        usageReadAt = nowSeconds();
    }

    long journalRows() {
        return journalRows;
    }

    /** Seconds since the journal was last seen empty or folded, by any process. */
    double rollupLag() {
        return Math.max(0, nowSeconds() - journalEmptyAt);
    }

    /** The result of the last audit in this process; empty before the first, and while answers come from the tables. */
    public OptionalLong auditDifferences() {
        return auditDifferences < 0 ? OptionalLong.empty() : OptionalLong.of(auditDifferences);
    }

    /** When the last audit ended; NaN before the first. */
    double lastAuditAt() {
        return lastAuditAt;
    }

    /** All visits in the last usage log line; NaN before the first. */
    double visits() {
        return visits;
    }

    double visitsToday() {
        return visitsToday;
    }

    /** When the usage log last read the usage; NaN before the first time. */
    double usageReadAt() {
        return usageReadAt;
    }
}
