package coworking.analytics.postgres;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.LedgerOperations;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerSource;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.DatabaseError;
import coworking.analytics.postgres.connection.DatabaseSettings;
import coworking.analytics.postgres.rollup.JournalFold;
import coworking.analytics.postgres.rollup.RollupLedger;
import coworking.analytics.postgres.schema.Audit;
import coworking.analytics.postgres.schema.RollupAvailability;
import coworking.analytics.postgres.table.StoredZoneCheck;
import coworking.analytics.postgres.table.TableLedger;
import coworking.analytics.postgres.table.TableSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in PostgreSQL: reads the roll-ups if they are installed, else the tables.
 *
 * <p>The source is chosen before the first query, and again by each {@link #maintain()}. If roll-ups are uninstalled under a running
 * service, the first query that misses them is repeated on the tables.
 */
public final class PostgresTokenLedger implements TokenLedger, LedgerOperations {

    /** The two tables. */
    public static final LedgerSource TABLES = new LedgerSource("tables", "plain", false);

    /** The roll-ups and their journal. */
    public static final LedgerSource ROLLUPS = new LedgerSource("roll-ups", "rolled-up", true);

    private static final System.Logger LOG = System.getLogger(PostgresTokenLedger.class.getName());

    private final DatabaseClient database;
    private final SpaceClock clock;
    private final LedgerMode mode;
    private final LedgerObserver observer;
    private final SourcedLedger tables;
    private final SourcedLedger rollups;
    private final AtomicReference<@Nullable SourcedLedger> currentLedger = new AtomicReference<>();

    private PostgresTokenLedger(DatabaseClient database, LedgerMode mode, LedgerObserver observer, SpaceClock clock) {
        this.database = database;
        this.clock = clock;
        this.mode = mode;
        this.observer = observer;
        tables = new SourcedLedger(TABLES, new TableLedger(database, clock));
        rollups = new SourcedLedger(ROLLUPS, new RollupLedger(database, session -> new TableSnapshot(session, clock)));
    }

    /** Makes a ledger that reads the roll-ups if it can. It connects later: the database may be down, and may come and go. */
    public static PostgresTokenLedger of(DatabaseSettings settings) {
        return of(settings, LedgerMode.AUTO);
    }

    /** Makes a ledger that reads what the mode says. It connects later. */
    public static PostgresTokenLedger of(DatabaseSettings settings, LedgerMode mode) {
        return of(settings, mode, LedgerObserver.NO_OP);
    }

    /** Makes a ledger that reports its queries to an observer. It connects later. */
    public static PostgresTokenLedger of(DatabaseSettings settings, LedgerMode mode, LedgerObserver observer) {
        return of(settings, mode, observer, SpaceClock.UTC_ONLY);
    }

    /** Makes a ledger whose snapshots show times on the space's wall clock. It connects later. */
    public static PostgresTokenLedger of(DatabaseSettings settings, LedgerMode mode, LedgerObserver observer, SpaceClock clock) {
        return new PostgresTokenLedger(new DatabaseClient(settings, observer), mode, observer, clock);
    }

    @Override
    public List<DayCounts> dayCounts() {
        return query(TokenLedger::dayCounts);
    }

    @Override
    public PackedUserCounts userCounts() {
        return query(TokenLedger::userCounts);
    }

    @Override
    public Optional<LedgerVersion> version() {
        return query(TokenLedger::version);
    }

    /** The source is fixed before the snapshot begins: the snapshot's locks keep it from being dropped. */
    @Override
    public <T> T withSnapshot(Function<LedgerSnapshot, T> reader) {
        var hasBegun = new AtomicBoolean();
        Function<LedgerSnapshot, T> observedReader = snapshot -> {
            hasBegun.set(true);
            return reader.apply(snapshot);
        };
        return query(ledger -> ledger.withSnapshot(observedReader), () -> !hasBegun.get());
    }

    @Override
    public void ensureReadable() {
        tables.ledger.ensureReadable();
    }

    private <T> T query(Function<TokenLedger, T> query) {
        return query(query, () -> true);
    }

    private <T> T query(Function<TokenLedger, T> query, BooleanSupplier isRepeatable) {
        var source = chosenLedger();
        try {
            return query.apply(source.ledger);
        } catch (UnavailableException failure) {
            if (source.equals(rollups) && mode == LedgerMode.AUTO && isRepeatable.getAsBoolean()
                    && DatabaseError.isObjectMissing(failure) && chooseLedger().equals(tables)) {
                return query.apply(tables.ledger);
            }
            throw failure;
        }
    }

    private SourcedLedger chosenLedger() {
        var known = currentLedger.get();
        return known == null ? chooseLedger() : known;
    }

    /** Two threads may choose at the same time; both choose the same, and one of them logs it. */
    private SourcedLedger chooseLedger() {
        var obstacle = obstacle();
        if (mode == LedgerMode.ROLLUP && !obstacle.isEmpty()) {
            if (currentLedger.getAndSet(null) != null) {
                LOG.log(WARNING, "the roll-ups cannot be read any more, and the settings allow for nothing else: {0}", obstacle);
            }
            throw new UnavailableException("the roll-ups cannot be read: " + obstacle,
                    new IllegalStateException("Told to read no tables"));
        }
        var source = obstacle.isEmpty() ? rollups : tables;
        if (!source.equals(currentLedger.getAndSet(source))) {
            LOG.log(INFO, obstacle.isEmpty() ? "reading the roll-ups" : "reading the tables, not the roll-ups: {0}", obstacle);
        }
        return source;
    }

    private String obstacle() {
        if (mode == LedgerMode.TABLE) {
            return "as told by the settings";
        }
        return clock.isIdentity()
                ? database.query(LedgerObserver.SOURCE_QUERY, RollupAvailability::obstacle)
                : "they are in the time zone " + clock.stored() + " of the tables, and the space is in " + clock.space();
    }

    @Override
    public Optional<LedgerSource> readsFrom() {
        return Optional.ofNullable(currentLedger.get()).map(SourcedLedger::source);
    }

    /** Chooses the source again, and folds the journal into the roll-ups unless another replica is folding. Meant for every 30 seconds. */
    @Override
    public long maintain() {
        if (chooseLedger().equals(rollups)) {
            return JournalFold.fold(database, observer);
        }
        observer.journalMeasured(0, 0);
        return 0;
    }

    @Override
    public Optional<AuditResult> audit() {
        return chooseLedger().equals(rollups) ? database.runMaintenance("audit", Audit::unlessRunning) : Optional.empty();
    }

    @Override
    public boolean isReachable() {
        return database.isReachable();
    }

    /**
     * Lets the connection pool report its use and its waits.
     *
     * @param registry of a type that HikariCP knows, such as Micrometer's {@code MeterRegistry}; a second one is refused
     */
    public void bindPoolMetrics(Object registry) {
        database.bindPoolMetrics(registry);
    }

    @Override
    public List<String> findWarnings() {
        return StoredZoneCheck.warning(database, clock).stream().toList();
    }

    @Override
    public void warmUp() {
        try {
            chosenLedger();
        } catch (UnavailableException notYet) {
            // The first request reports it.
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private record SourcedLedger(LedgerSource source, TokenLedger ledger) {}
}
