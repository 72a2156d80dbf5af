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
import coworking.analytics.postgres.rollup.UnreliableRollupsException;
import coworking.analytics.postgres.schema.Audit;
import coworking.analytics.postgres.schema.RollupAvailability;
import coworking.analytics.postgres.table.StoredZoneCheck;
import coworking.analytics.postgres.table.TableLedger;
import coworking.analytics.postgres.table.TableSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in PostgreSQL: reads the roll-ups if they are installed, else the tables.
 *
 * <p>The source is chosen before the first query, and again by each {@link #maintain()}. Each query of the roll-ups finds out in its own snapshot
 * whether they can be relied on. If not, or if they are uninstalled under a running service, the query is repeated on the tables.
 */
public final class PostgresTokenLedger implements TokenLedger, LedgerOperations {

    /** The two tables. */
    public static final LedgerSource TABLES = new LedgerSource("tables", "plain", false);

    /** The roll-ups and their journal. */
    public static final LedgerSource ROLLUPS = new LedgerSource("roll-ups", "rolled-up", true);

    private static final String DIFFERENCES_FOUND = "an audit found differences";

    private static final System.Logger LOG = System.getLogger(PostgresTokenLedger.class.getName());

    private final DatabaseClient database;
    private final SpaceClock clock;
    private final LedgerMode mode;
    private final LedgerObserver observer;
    private final SourcedLedger tables;
    private final AtomicReference<@Nullable SourcedLedger> currentLedger = new AtomicReference<>();
    private final ReentrantLock firstChoice = new ReentrantLock();
    private volatile boolean hasDifferences;

    private PostgresTokenLedger(DatabaseClient database, LedgerMode mode, LedgerObserver observer, SpaceClock clock) {
        this.database = database;
        this.clock = clock;
        this.mode = mode;
        this.observer = observer;
        tables = new SourcedLedger(TABLES, new TableLedger(database, clock));
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
        } catch (UnreliableRollupsException unreliable) {
            return query.apply(tablesInstead(unreliable.obstacle()).ledger);
        } catch (UnavailableException failure) {
            if (source.readsRollups() && mode == LedgerMode.AUTO && isRepeatable.getAsBoolean()
                    && DatabaseError.isObjectMissing(failure) && !chooseLedger().readsRollups()) {
                return query.apply(tables.ledger);
            }
            throw failure;
        }
    }

    private SourcedLedger chosenLedger() {
        var known = currentLedger.get();
        return known == null ? chooseOnce() : known;
    }

    /** The first callers wait for one of them to choose, and take one connection for it. */
    private SourcedLedger chooseOnce() {
        firstChoice.lock();
        try {
            var known = currentLedger.get();
            return known == null ? chooseLedger() : known;
        } finally {
            firstChoice.unlock();
        }
    }

    private SourcedLedger chooseLedger() {
        return mode == LedgerMode.TABLE ? tablesInstead("as told by the settings") : choose(availability());
    }

    private RollupAvailability availability() {
        return database.query(LedgerObserver.SOURCE_QUERY, connection -> RollupAvailability.of(connection, clock));
    }

    private SourcedLedger choose(RollupAvailability availability) {
        hasDifferences = availability.obstacle().startsWith(DIFFERENCES_FOUND);
        if (!availability.obstacle().isEmpty()) {
            return tablesInstead(availability.obstacle());
        }
        var rollups = new SourcedLedger(ROLLUPS,
                new RollupLedger(database, availability.schema(), clock, session -> new TableSnapshot(session, clock)));
        var previous = currentLedger.getAndSet(rollups);
        if (previous == null || !previous.readsRollups()) {
            LOG.log(INFO, "reading the roll-ups");
        }
        return rollups;
    }

    /** Two threads may choose at the same time; both choose the same, and one of them logs it. */
    private SourcedLedger tablesInstead(String obstacle) {
        if (mode == LedgerMode.ROLLUP) {
            if (currentLedger.getAndSet(null) != null) {
                LOG.log(WARNING, "the roll-ups cannot be read any more, and the settings allow for nothing else: {0}", obstacle);
            }
            throw new UnavailableException("the roll-ups cannot be read: " + obstacle,
                    new IllegalStateException("Told to read no tables"));
        }
        var previous = currentLedger.getAndSet(tables);
        if (previous == null || previous.readsRollups()) {
            LOG.log(previous == null ? INFO : WARNING, "reading the tables, not the roll-ups: {0}", obstacle);
        }
        return tables;
    }

    @Override
    public Optional<LedgerSource> readsFrom() {
        return Optional.ofNullable(currentLedger.get()).map(SourcedLedger::source);
    }

    /**
     * Chooses the source again, and folds the journal into the roll-ups unless another replica is folding. A journal that nobody relies on is
     * kept from growing for ever. Meant for every 30 seconds.
     */
    @Override
    public long maintain() {
        if (mode == LedgerMode.TABLE) {
            observer.journalMeasured(0, 0);
            return 0;
        }
        var availability = availability();
        if (choose(availability).readsRollups()) {
            return JournalFold.fold(database, availability.schema(), observer);
        }
        JournalFold.boundUnfolded(database, availability.schema(), availability.obstacle(), observer);
        return 0;
    }

    /** If there are differences, all replicas read the tables until the roll-ups are rebuilt; this one at once. */
    @Override
    public Optional<AuditResult> audit() {
        if (!chooseLedger().readsRollups()) {
            return Optional.empty();
        }
        var result = database.runMaintenance("audit", connection -> Audit.unlessRunning(connection, clock));
        if (result.filter(audit -> !audit.isClean()).isPresent()) {
            hasDifferences = true;
            var _ = tablesInstead(DIFFERENCES_FOUND + ": rebuild them");
        }
        return result;
    }

    @Override
    public boolean hasDifferences() {
        return hasDifferences;
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

    private record SourcedLedger(LedgerSource source, TokenLedger ledger) {

        boolean readsRollups() {
            return source.equals(ROLLUPS);
        }
    }
}
