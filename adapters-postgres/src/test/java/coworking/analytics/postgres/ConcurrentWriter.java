package coworking.analytics.postgres;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.fact.VisitDays;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisitCount;
import coworking.analytics.domain.report.UserVisits;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One of many writers, who owns some users and some days, so that what an answer says of those tells which of this writer's states it
 * shows, whatever the others do.
 */
final class ConcurrentWriter {

    private static final int USERS = 4;
    private static final int DAYS = 5;
    private static final int TOKENS = 30;

    private final EmbeddedDatabase database;
    private final int number;
    private final Random random;
    private final ReentrantReadWriteLock truncation;
    private final LocalDate firstDay;

    /** Guarded by this. Those that were rolled back, or whose end nobody saw, are followed by the state that was true after them. */
    private final List<WriterState> states = new ArrayList<>(List.of(WriterState.of(Map.of())));
    private int committedState;
    private @Nullable Connection connection;

    ConcurrentWriter(EmbeddedDatabase database, int number, long seed, ReentrantReadWriteLock truncation) {
        this.database = database;
        this.number = number;
        this.truncation = truncation;
        random = new Random(seed * 100 + number);
        firstDay = LocalDate.of(2024, 1, 1).plusDays(number * 100L);
    }

    int number() {
        return number;
    }

    /** Several facts of one conversation: sums that are kept, and what only the tokens can tell. */
    record SnapshotAnswers(List<HourCounts> hours, List<MemberVisits> members, List<VisitDays> visitDays) {

        static SnapshotAnswers of(Collection<Token> tokens) {
            return new SnapshotAnswers(HourCounts.of(tokens, DayStart.MIDNIGHT), MemberVisits.of(List.of(), tokens, SpaceClock.UTC_ONLY),
                    VisitDays.of(List.of(), tokens, DayStart.MIDNIGHT, SpaceClock.UTC_ONLY));
        }

        static SnapshotAnswers from(LedgerSnapshot facts) {
            var members = new ArrayList<MemberVisits>();
            var visitDays = new ArrayList<VisitDays>();
            var days = new DateRange(LocalDate.of(2024, 1, 1), LocalDate.of(2026, 1, 1));
            facts.visitDays(DayStart.MIDNIGHT, DayStart.MIDNIGHT.spanOf(days), OptionalLong.empty(), false, visitDays::add);
            facts.memberVisits(new MemberVisitsCriteria(Optional.empty(), CountedTokens.ISSUED, Optional.empty(), 1, MemberOrder.ID,
                    OptionalLong.empty(),
                    Optional.empty(), false), members::add);
            return new SnapshotAnswers(facts.hourCounts(DayStart.MIDNIGHT, days), members, visitDays);
        }
    }

    /** The facts about this writer's tokens at one time, in the shapes in which the answers have them. */
    record WriterState(
            Map<Long, Token> tokens, List<DayCounts> days, List<UserCounts> users, Map<LocalDate, Long> usage, Map<Long, Long> visits,
            SnapshotAnswers snapshotAnswers) {

        static WriterState of(Map<Long, Token> tokens) {
            var users = PackedUserCounts.of(List.of(), tokens.values());
            var visits = new HashMap<Long, Long>();
            new UserVisits(users).forEach(visit -> visits.put(visit.userId(), visit.visits()));
            return new WriterState(Map.copyOf(tokens), DayCounts.of(tokens.values()), list(users), DailyUsage.of(tokens.values()).visits(),
                    visits, SnapshotAnswers.of(tokens.values()));
        }
    }

    /** What an answer shows of this writer. */
    record WriterObservation(boolean isPossible, String description) {

        @Override
        public String toString() {
            return description;
        }
    }

    synchronized int committedState() {
        return committedState;
    }

    synchronized WriterState latestState() {
        return states.get(committedState);
    }

    /** Makes one transaction of one to six changes, and ends it in one way or the other. */
    void runTransaction() throws SQLException {
        truncation.readLock().lock();
        try {
            var tokens = new HashMap<>(latestState().tokens());
            try {
                var connection = connection();
                change(connection, tokens);
                if (random.nextInt(6) == 0) {
                    connection.rollback();
                } else {
                    beginState(tokens);
                    connection.commit();
                    commitState(tokens);
                }
            } catch (SQLException killed) {
                connection = null;
                commitState(stored());
            }
        } finally {
            truncation.readLock().unlock();
        }
    }

    private Connection connection() throws SQLException {
        var open = connection;
        if (open == null) {
            open = database.connect();
            try (var statement = open.createStatement()) {
                statement.execute("SET application_name = 'writer'");
            }
            open.setAutoCommit(false);
            if (random.nextInt(3) == 0) {
                open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            connection = open;
        }
        return open;
    }

    private void change(Connection connection, Map<Long, Token> tokens) throws SQLException {
        for (var left = 1 + random.nextInt(6); left > 0; left--) {
            if (random.nextInt(5) == 0) {
                var savepoint = connection.setSavepoint();
                change(connection, new HashMap<>(tokens), 2);
                connection.rollback(savepoint);
            }
            change(connection, tokens, 1);
        }
    }

    private void change(Connection connection, Map<Long, Token> tokens, int changes) throws SQLException {
        for (var left = changes; left > 0; left--) {
            var id = number * 1000L + random.nextInt(TOKENS);
            var known = tokens.get(id);
            switch (random.nextInt(8)) {
                case 0 -> remove(connection, tokens, id);
                case 1 -> copy(connection, tokens);
                case 2 -> use(connection, tokens);
                default -> put(connection, tokens, id, known == null ? token() : correction(known));
            }
        }
    }

    private Token correction(Token token) {
        return switch (random.nextInt(4)) {
            case 0 -> new Token(user(), token.createdAt(), token.usedAt());
            case 1 -> new Token(token.userId(), time(), token.usedAt());
            case 2 -> new Token(token.userId(), token.createdAt(), Optional.empty());
            default -> new Token(token.userId(), token.createdAt(), Optional.of(time()));
        };
    }

    private void put(Connection connection, Map<Long, Token> tokens, long id, Token token) throws SQLException {
        run(connection, """
                INSERT INTO tokens (id, user_id, token, created_at, used_at) VALUES (?, ?, '123456', ?, ?)
                ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, created_at = excluded.created_at, used_at = excluded.used_at""",
                id, token.userId(), token.createdAt(), token.usedAt().orElse(null));
        tokens.put(id, token);
    }

    private static void remove(Connection connection, Map<Long, Token> tokens, long id) throws SQLException {
        run(connection, "DELETE FROM tokens WHERE id = ?", id);
        tokens.remove(id);
    }

    /** Uses all tokens of one user in one statement. */
    private void use(Connection connection, Map<Long, Token> tokens) throws SQLException {
        var user = user();
        var time = time();
        run(connection, "UPDATE tokens SET used_at = ? WHERE user_id = ?", time, user);
        tokens.replaceAll((id, token) -> token.userId() == user ? new Token(user, token.createdAt(), Optional.of(time)) : token);
    }

    private void copy(Connection connection, Map<Long, Token> tokens) throws SQLException {
        var lines = new StringBuilder();
        for (var id = number * 1000L + TOKENS; id < number * 1000L + TOKENS + 5; id++) {
            remove(connection, tokens, id);
            var token = token();
            tokens.put(id, token);
            lines.append("%s\t%s\t1\t%s\t%s\n".formatted(id, token.userId(), token.createdAt(),
                    token.usedAt().map(LocalDateTime::toString).orElse("\\N")));
        }
        try {
            connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyIn("COPY tokens (id, user_id, token, created_at, used_at) FROM STDIN", new StringReader(lines.toString()));
        } catch (IOException impossible) {
            throw new SQLException(impossible);
        }
    }

    private Token token() {
        return new Token(user(), time(), random.nextBoolean() ? Optional.of(time()) : Optional.empty());
    }

    private long user() {
        return number * 1000L + random.nextInt(USERS);
    }

    private LocalDateTime time() {
        return firstDay.plusDays(random.nextInt(DAYS)).atTime(random.nextInt(24), 30);
    }

    private static void run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    /** What came of a transaction whose end nobody saw. */
    private Map<Long, Token> stored() throws SQLException {
        var tokens = new HashMap<Long, Token>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id, user_id, created_at, used_at FROM tokens WHERE id / 1000 = " + number)) {
            while (rows.next()) {
                tokens.put(rows.getLong(1), new Token(rows.getLong(2), rows.getObject(3, LocalDateTime.class),
                        Optional.ofNullable(rows.getObject(4, LocalDateTime.class))));
            }
        }
        return tokens;
    }

    private synchronized void beginState(Map<Long, Token> tokens) {
        states.add(WriterState.of(tokens));
    }

    private synchronized void commitState(Map<Long, Token> tokens) {
        if (!states.getLast().tokens().equals(tokens)) {
            states.add(WriterState.of(tokens));
        }
        committedState = states.size() - 1;
    }

    void beginTruncation() {
        beginState(Map.of());
    }

    void endTruncation() {
        commitState(Map.of());
    }

    List<DayCounts> observed(List<DayCounts> days) {
        return days.stream().filter(tally -> owns(tally.day())).toList();
    }

    List<UserCounts> observed(PackedUserCounts users) {
        return list(users).stream().filter(tally -> owns(tally.userId())).toList();
    }

    WriterObservation observed(List<DayCounts> days, int oldest) {
        return check(oldest, observed(days), WriterState::days);
    }

    WriterObservation observed(PackedUserCounts users, int oldest) {
        return check(oldest, observed(users), WriterState::users);
    }

    SnapshotAnswers observed(SnapshotAnswers conversed) {
        return new SnapshotAnswers(
                conversed.hours.stream().filter(tally -> owns(tally.day())).toList(),
                conversed.members.stream().filter(visits -> owns(visits.member().userId())).toList(),
                conversed.visitDays.stream().filter(visits -> owns(visits.member().userId())).toList());
    }

    WriterObservation observed(SnapshotAnswers conversed, int oldest) {
        return check(oldest, observed(conversed), WriterState::snapshotAnswers);
    }

    WriterObservation observed(DailyUsage usage, int oldest) {
        var owned = new HashMap<>(usage.visits());
        owned.keySet().removeIf(day -> !owns(day));
        return check(oldest, owned, WriterState::usage);
    }

    WriterObservation observed(UserVisits visits, int oldest) {
        var owned = new HashMap<Long, Long>();
        for (UserVisitCount visit : visits) {
            if (owns(visit.userId())) {
                owned.put(visit.userId(), visit.visits());
            }
        }
        return check(oldest, owned, WriterState::visits);
    }

    private synchronized WriterObservation check(int oldest, Object seen, java.util.function.Function<WriterState, Object> facts) {
        var lawful = states.subList(oldest, states.size()).stream().map(facts).toList();
        return new WriterObservation(lawful.contains(seen), "writer %s: saw %s, but from state %s of %s on it should be one of %s"
                .formatted(number, seen, oldest, states.size(), lawful));
    }

    private boolean owns(LocalDate day) {
        return !day.isBefore(firstDay) && day.isBefore(firstDay.plusDays(DAYS));
    }

    private boolean owns(long user) {
        return user / 1000 == number;
    }

    private static List<UserCounts> list(PackedUserCounts users) {
        return StreamSupport.stream(users.spliterator(), false).toList();
    }
}
