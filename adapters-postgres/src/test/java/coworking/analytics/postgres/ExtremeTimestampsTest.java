package coworking.analytics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberPosition;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.InMemoryTokenLedger;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitDays;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Facts about moments that no contract can hold: PostgreSQL's infinities, and what lies beyond a four-digit calendar. Both ledgers say what
 * the domain says of the moments for which they stand, to questions of all kinds that a seed makes up.
 */
class ExtremeTimestampsTest {

    private static final List<String> TIMESTAMPS = List.of(
            "infinity", "-infinity", "9999-12-31 23:59:59.999999", "9999-12-31 23:15:00", "9999-12-31 08:00:00", "0001-01-01 00:00:00",
            "0001-01-01 03:59:00", "0001-01-02 04:00:00", "4714-11-24 00:00:00 BC", "0001-12-31 23:59:59.999999 BC", "20000-02-29 12:30:00",
            "294276-12-31 23:59:59.999999", "2024-02-29 04:29:59.999999", "2024-02-29 04:30:00", "2024-03-01 03:59:59.999999",
            "2024-03-01 04:00:00", "2024-03-01 00:00:00", "1970-01-01 00:00:00", "1969-12-29 00:00:00.000001");

    private static final List<DayStart> DAY_STARTS = Stream.of("00:00", "04:00", "04:30", "23:59").map(LocalTime::parse).map(DayStart::new)
            .toList();

    private EmbeddedDatabase database;

    @BeforeEach
    void install() throws SQLException {
        database = TestDatabases.empty();
        Rollups.of(TestDatabases.settings(database)).install();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bothLedgersAgreeWithTheDomain(long seed) throws SQLException {
        try (var tables = open(LedgerMode.TABLE, SpaceClock.UTC_ONLY); var rollups = open(LedgerMode.ROLLUP, SpaceClock.UTC_ONLY)) {
            assertAgreement(seed, SpaceClock.UTC_ONLY, tables, rollups);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, Etc/GMT+12, Pacific/Kiritimati", "2, UTC, America/Los_Angeles", "3, Asia/Kolkata, Europe/Berlin"})
    void theTableLedgerAgreesWithTheDomainInOtherZones(long seed, String stored, String space) throws SQLException {
        var clock = SpaceClock.of(ZoneId.of(stored), ZoneId.of(space));
        try (var tables = open(LedgerMode.TABLE, clock)) {
            assertAgreement(seed, clock, tables);
        }
    }

    private PostgresTokenLedger open(LedgerMode mode, SpaceClock clock) {
        return PostgresTokenLedger.of(TestDatabases.settings(database), mode, LedgerObserver.NO_OP, clock);
    }

    private void assertAgreement(long seed, SpaceClock clock, TokenLedger... ledgers) throws SQLException {
        var random = new Random(seed);
        var inMemoryLedger = new InMemoryTokenLedger(clock);
        fill(inMemoryLedger, random);

        for (var i = 0; i < 60; i++) {
            assertAgreement(random.nextLong(), inMemoryLedger, ledgers);
            if (i == 30) {
                TestDatabases.fold(database);
            }
        }
    }

    private static void assertAgreement(long seed, TokenLedger inMemoryLedger, TokenLedger... ledgers) {
        var expected = query(inMemoryLedger, seed);

        assertThat(ledgers).allSatisfy(ledger -> assertThat(query(ledger, seed)).as("questions %d", seed).isEqualTo(expected));
    }

    private static List<Object> query(TokenLedger ledger, long seed) {
        return ledger.withSnapshot(facts -> answers(facts, new Random(seed)));
    }

    private static List<Object> answers(LedgerSnapshot facts, Random random) {
        var start = randomElement(DAY_STARTS, random);
        var span = randomSpan(random);
        var interval = random.nextBoolean() ? Interval.WEEK : Interval.MONTH;
        var user = random.nextInt(6) - 1;
        var answers = new ArrayList<>();
        answers.add(facts.extent(start));
        answers.add(facts.hourCounts(start, new DateRange(span.from().toLocalDate(), span.to().toLocalDate())));
        answers.add(facts.tokenCounts(span));
        answers.add(facts.countVisitors(randomSpans(random)));
        answers.add(facts.joinCounts(start));
        answers.add(facts.countJoined(span));
        answers.add(facts.newestTokenId());
        answers.add(facts.cohortCounts(start, interval, span));
        var moment = Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 260_000_000_000L));
        answers.add(facts.dataQualityIssues(span, moment));
        answers.add(facts.feed(moment));
        answers.add(facts.member(user, random.nextBoolean()));
        var question = randomQuery(random);
        answers.add(facts.countMembers(question));
        answers.add(collect((Consumer<Predicate<MemberVisits>>) reader -> facts.memberVisits(question, reader)));
        var after = random.nextBoolean() ? OptionalLong.of(user) : OptionalLong.empty();
        answers.add(collect((Consumer<Predicate<VisitDays>>) reader -> facts.visitDays(start, span, after, false, reader)));
        var before = Optional.of(new VisitPosition(toDateTime(randomElement(TIMESTAMPS, random)), random.nextInt(60)))
                .filter(place -> random.nextBoolean());
        answers.add(collect((Consumer<Predicate<Visit>>) reader -> facts.visits(user, span, before, reader)));
        return answers;
    }

    private static <T> List<T> collect(Consumer<Predicate<T>> question) {
        var rows = new ArrayList<T>();
        question.accept(rows::add);
        return rows;
    }

    private static MemberVisitsCriteria randomQuery(Random random) {
        var span = randomSpan(random);
        return new MemberVisitsCriteria(
                random.nextBoolean() ? Optional.of(span) : Optional.empty(),
                randomElement(List.of(CountedTokens.values()), random),
                randomElement(List.of(Optional.empty(), Optional.of(true), Optional.of(false)), random),
                1 + random.nextInt(4),
                randomElement(List.of(MemberOrder.values()), random),
                random.nextBoolean() ? OptionalLong.of(random.nextInt(70)) : OptionalLong.empty(),
                random.nextBoolean() ? Optional.of(new MemberPosition(1 + random.nextInt(12), random.nextInt(6))) : Optional.empty(),
                random.nextBoolean());
    }

    private static TimeSpan randomSpan(Random random) {
        var one = randomBound(random);
        var other = randomBound(random);
        return one.isBefore(other) ? new TimeSpan(one, other) : new TimeSpan(other, one);
    }

    private static List<TimeSpan> randomSpans(Random random) {
        var bounds = Stream.generate(() -> randomBound(random)).limit(2L * random.nextInt(12)).sorted().toList();
        var spans = new ArrayList<TimeSpan>();
        for (var i = 0; i < bounds.size(); i += 2) {
            spans.add(new TimeSpan(bounds.get(i), bounds.get(i + 1)));
        }
        return spans;
    }

    private static LocalDateTime randomBound(Random random) {
        var moment = toDateTime(randomElement(TIMESTAMPS, random));
        return switch (random.nextInt(5)) {
            case 0 -> moment;
            case 1 -> moment.plusNanos(1);
            case 2 -> moment.toLocalDate().atStartOfDay();
            case 3 -> moment.toLocalDate().plusDays(1).atTime(4, 0);
            default -> moment.withMinute(0).withSecond(0).withNano(0);
        };
    }

    private void fill(InMemoryTokenLedger inMemoryLedger, Random random) throws SQLException {
        var changes = new ArrayList<StoreChange>();
        for (var id = 1; id <= 3; id++) {
            var joined = randomElement(TIMESTAMPS, random);
            var isActive = random.nextBoolean();
            changes.add(
                    new PutUser(new User(id, new PersonName("A" + id, "B"), id == 3 ? Optional.empty() : Optional.of(toDateTime(joined)),
                            isActive)));
            database.execute(
                    "INSERT INTO users (id, first_name, last_name, joined_at, is_active) VALUES (%s, 'A%1$s', 'B', %s, %s)".formatted(
                            id, id == 3 ? "NULL" : "'" + joined + "'", isActive));
        }
        for (var id = 1; id <= 60; id++) {
            var user = random.nextInt(5);
            var code = String.valueOf(random.nextInt(40));
            var created = randomElement(TIMESTAMPS, random);
            var used = random.nextBoolean() ? Optional.of(randomElement(TIMESTAMPS, random)) : Optional.<String>empty();
            changes.add(new PutToken(id, new Token(user, code, toDateTime(created), used.map(ExtremeTimestampsTest::toDateTime))));
            database.execute("INSERT INTO tokens (id, user_id, token, created_at, used_at) VALUES (%s, %s, '%s', '%s', %s)".formatted(
                    id, user, code, created, used.map(at -> "'" + at + "'").orElse("NULL")));
            if (id == 40) {
                TestDatabases.fold(database);
            }
        }
        inMemoryLedger.commit(changes);
    }

    private static LocalDateTime toDateTime(String text) {
        return switch (text) {
            case "infinity" -> LocalDateTime.parse("9999-12-31T23:59:59.999999");
            case "-infinity" -> LocalDateTime.parse("0001-01-01T00:00:00");
            default -> {
                var parts = text.split("[ -]", -1);
                var year = Integer.parseInt(parts[0]);
                yield LocalDate.of(text.endsWith("BC") ? 1 - year : year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                        .atTime(LocalTime.parse(parts[3]));
            }
        };
    }

    private static <T> T randomElement(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
