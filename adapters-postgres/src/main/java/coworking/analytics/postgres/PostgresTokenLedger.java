package coworking.analytics.postgres;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.UserTallies;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in PostgreSQL: reads the roll-ups where there are any, and the tables themselves where there are none.
 *
 * <p>Which of the two is found out when the first question is asked, and again by each {@link #maintain()}. Roll-ups that are
 * uninstalled under a running service are noticed by the question that misses them, which is then asked of the tables.
 */
public final class PostgresTokenLedger implements TokenLedger, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PostgresTokenLedger.class.getName());

    private final Database database;
    private final LedgerChoice choice;
    private final DatabaseObserver observer;
    private final Source tables;
    private final Source rollups;
    private final AtomicReference<@Nullable Source> chosen = new AtomicReference<>();

    private PostgresTokenLedger(Database database, LedgerChoice choice, DatabaseObserver observer) {
        this.database = database;
        this.choice = choice;
        this.observer = observer;
        tables = new Source("tables", new PlainLedger(database));
        rollups = new Source("roll-ups", new RolledUpLedger(database));
    }

    /** Makes a ledger that reads the roll-ups if it can; connects to nothing yet: the database may be down, and may come and go. */
    public static PostgresTokenLedger of(DatabaseSettings settings) {
        return of(settings, LedgerChoice.AUTO);
    }

    /** Makes a ledger that reads from where it is told; connects to nothing yet. */
    public static PostgresTokenLedger of(DatabaseSettings settings, LedgerChoice choice) {
        return of(settings, choice, DatabaseObserver.NOBODY);
    }

    /** Makes a ledger that tells an observer what it asks; connects to nothing yet. */
    public static PostgresTokenLedger of(DatabaseSettings settings, LedgerChoice choice, DatabaseObserver observer) {
        return new PostgresTokenLedger(new Database(settings, observer), choice, observer);
    }

    @Override
    public List<DayTally> dayTallies() {
        return ask(TokenLedger::dayTallies);
    }

    @Override
    public UserTallies userTallies() {
        return ask(TokenLedger::userTallies);
    }

    @Override
    public Optional<Version> version() {
        return ask(TokenLedger::version);
    }

    /** Which of the two is asked is settled before the first question: it keeps what it reads from from being dropped meanwhile. */
    @Override
    public <T> T converse(Function<Facts, T> questions) {
        var isBegun = new AtomicBoolean();
        Function<Facts, T> asked = facts -> {
            isBegun.set(true);
            return questions.apply(facts);
        };
        return ask(ledger -> ledger.converse(asked), () -> !isBegun.get());
    }

    @Override
    public void ensureReadable() {
        tables.ledger.ensureReadable();
    }

    private <T> T ask(Function<TokenLedger, T> question) {
        return ask(question, () -> true);
    }

    private <T> T ask(Function<TokenLedger, T> question, BooleanSupplier mayAskAgain) {
        var source = source();
        try {
            return question.apply(source.ledger);
        } catch (LedgerUnavailable failure) {
            if (source.equals(rollups) && choice == LedgerChoice.AUTO && mayAskAgain.getAsBoolean()
                    && Failure.isOfSomethingGone(failure) && choose().equals(tables)) {
                return question.apply(tables.ledger);
            }
            throw failure;
        }
    }

    private Source source() {
        var known = chosen.get();
        return known == null ? choose() : known;
    }

    /** Two may choose at once, and choose the same; the log says it once. */
    private Source choose() {
        var obstacle = choice == LedgerChoice.PLAIN
                ? "as told by the settings"
                : database.ask("choice of the ledger", RollupsInspection::obstacle);
        if (choice == LedgerChoice.ROLLED_UP && !obstacle.isEmpty()) {
            if (chosen.getAndSet(null) != null) {
                LOG.log(WARNING, "the roll-ups cannot be read any more, and the settings allow for nothing else: {0}", obstacle);
            }
            throw new LedgerUnavailable("the roll-ups cannot be read: " + obstacle, new IllegalStateException("Told to read no tables"));
        }
        var source = obstacle.isEmpty() ? rollups : tables;
        if (!source.equals(chosen.getAndSet(source))) {
            LOG.log(INFO, obstacle.isEmpty() ? "reading the roll-ups" : "reading the tables, not the roll-ups: {0}", obstacle);
        }
        return source;
    }

    /**
     * Where answers come from.
     *
     * @return "tables" or "roll-ups"; empty where no question has been answered yet
     */
    public Optional<String> readsFrom() {
        return Optional.ofNullable(chosen.get()).map(Source::name);
    }

    /**
     * Does what has to be done every half a minute or so: looks again where to read from, and folds the journal into the roll-ups if
     * nobody else is doing so. Without it answers stay exact, but take longer with every change.
     *
     * @return the number of changes that were folded
     * @throws LedgerUnavailable where that did not work; the next call tries anew
     */
    public long maintain() {
        if (choose().equals(rollups)) {
            return Fold.fold(database, observer);
        }
        observer.counted(0, 0);
        return 0;
    }

    /**
     * Compares the roll-ups with the tables, as {@link Rollups#audit} does, unless another replica is doing so.
     *
     * @return what was found; empty where answers do not come from roll-ups, or another replica is at it
     * @throws LedgerUnavailable where that did not work
     */
    public Optional<Audit> audit() {
        return choose().equals(rollups) ? database.maintain("audit", Audit::unlessUnderWay) : Optional.empty();
    }

    /** Whether the last thing that was asked of the database found it there; true before anything was. */
    public boolean isReachable() {
        return database.isReachable();
    }

    /**
     * Has the connection pool report its use and its waits.
     *
     * @param registry of a kind that HikariCP knows: Micrometer's {@code MeterRegistry}, for one; a second one is refused
     */
    public void measurePool(Object registry) {
        database.measurePool(registry);
    }

    /** Prepares for the first question, where there is time before it; fails never and promises nothing. */
    public void warmUp() {
        try {
            source();
        } catch (LedgerUnavailable notYet) {
            // Whoever asks will be told.
        }
    }

    @Override
    public void close() {
        database.close();
    }

    /** A ledger, and what the log calls it. */
    private record Source(String name, TokenLedger ledger) {}
}
