package coworking.analytics.bootstrap;

import coworking.analytics.application.port.out.LedgerUnavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sees to the ledger's maintenance at a fixed interval. How many replicas do so at once is the ledger's business. */
final class Upkeep implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

    private final Bugs bugs = new Bugs(LOG, "maintenance");
    private final Runnable maintenance;
    private final Duration first;
    private final Duration interval;
    private final ScheduledExecutorService clock;

    Upkeep(String name, Runnable maintenance, Duration interval) {
        this(name, maintenance, interval, interval);
    }

    /**
     * Makes an upkeep that does nothing yet.
     *
     * @param first how long after the start it is done for the first time
     */
    Upkeep(String name, Runnable maintenance, Duration first, Duration interval) {
        this.maintenance = maintenance;
        this.first = first;
        this.interval = interval;
        clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    void start() {
        var _ = clock.scheduleWithFixedDelay(this::maintain, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void maintain() {
        try {
            maintenance.run();
            bugs.succeeded();
        } catch (LedgerUnavailable known) {
            // The ledger said so when it began, and will say when it is over.
        } catch (RuntimeException | Error bug) {
            // Thrown on, it would end the schedule.
            bugs.failed(bug);
        }
    }

    /** Does not wait: what is cut short is undone by the database, and done by the next replica. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
