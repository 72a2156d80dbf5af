package coworking.analytics.postgres;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import coworking.analytics.postgres.schema.Rollups;
import coworking.analytics.postgres.testing.EmbeddedDatabase;
import coworking.analytics.postgres.testing.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten thousand random questions in six zones, about days around changes of the clock. The ledger, which knows Java's rules of zones, answers
 * as PostgreSQL does, which counts one token after the other with its own rules ({@code AT TIME ZONE}).
 */
class WallClockTest {

    private static final int QUESTIONS_OF_EACH_KIND = 420;
    private static final int BATCH = 140;
    private static final int TOKENS = 1_500;

    private static final List<DayStart> DAY_STARTS = Stream.of("00:00", "00:30", "02:30", "04:00", "23:15").map(LocalTime::parse)
            .map(DayStart::new).toList();

    private EmbeddedDatabase database;

    @BeforeEach
    void create() throws SQLException {
        database = TestDatabases.empty();
    }

    @ParameterizedTest
    @CsvSource({
            "UTC, America/Los_Angeles, 2006-01-01",
            "UTC, Asia/Kathmandu, 1985-06-01",
            "UTC, Australia/Lord_Howe, 2007-01-01",
            "Asia/Kolkata, Europe/Berlin, 2023-01-01",
            "UTC, America/St_Johns, 2006-01-01",
            "Europe/Berlin, America/Sao_Paulo, 2015-01-01"})
    void countsByTheWallClockAsPostgresDoes(String stored, String space, LocalDate firstDay) throws SQLException {
        var clock = SpaceClock.of(ZoneId.of(stored), ZoneId.of(space));
        var random = new Random(space.hashCode());
        var changes = changes(clock, firstDay);
        insertTokens(changes, clock, random);

        var _ = Rollups.of(TestDatabases.settings(database), clock).install();
        try (var tables = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.TABLE, LedgerObserver.NO_OP, clock);
                var rollups = PostgresTokenLedger.of(TestDatabases.settings(database), LedgerMode.ROLLUP, LedgerObserver.NO_OP, clock);
                var connection = database.connect()) {
            var ledgers = List.of(tables, rollups);
            for (var asked = 0; asked < QUESTIONS_OF_EACH_KIND; asked += BATCH) {
                assertAgreement(ledgers, connection, clock, Stream.generate(() -> randomSpan(changes, clock, random)).limit(BATCH).toList(),
                        (snapshot, span) -> text(snapshot.tokenCounts(span)), """
                                SELECT question, count(created_at) || ' ' || count(used_at)
                                FROM question LEFT JOIN shown ON shown_at >= from_time AND shown_at < to_time
                                    AND coalesce(moment < before, true)
                                GROUP BY question""");
                assertAgreement(ledgers, connection, clock, Stream.generate(() -> randomSpan(changes, clock, random)).limit(BATCH).toList(),
                        (snapshot, span) -> String.valueOf(snapshot.countVisitors(List.of(span)).getFirst()), """
                                SELECT question, count(DISTINCT user_id) FILTER (WHERE used_at IS NOT NULL)
                                FROM question LEFT JOIN shown ON shown_at >= from_time AND shown_at < to_time
                                    AND coalesce(moment < before, true)
                                GROUP BY question""");
                assertAgreement(ledgers, connection, clock, Stream.generate(() -> randomDays(changes, clock, random)).limit(BATCH).toList(),
                        (snapshot, days) -> text(snapshot, days), """
                                SELECT question, coalesce(string_agg(hours, ',' ORDER BY hours COLLATE "C"), '')
                                FROM (
                                    SELECT question, (shown_at - from_time::time)::date || ' ' || lpad(date_part('hour', shown_at)::text, 2, '0')
                                            || ' ' || count(created_at) || ' ' || count(used_at) AS hours
                                    FROM question LEFT JOIN shown ON shown_at >= from_time AND shown_at < to_time
                                    GROUP BY question, (shown_at - from_time::time)::date, date_part('hour', shown_at)
                                ) AS counted
                                GROUP BY question""");
                assertAgreement(ledgers, connection, clock, Stream.generate(() -> randomDays(changes, clock, random)).limit(BATCH).toList(),
                        WallClockTest::visitDays, """
                                SELECT question, coalesce(string_agg(visits, ',' ORDER BY visits COLLATE "C"), '')
                                FROM (
                                    SELECT question, user_id || ' ' || string_agg(DISTINCT (shown_at - from_time::time)::date::text, ' ') AS visits
                                    FROM question LEFT JOIN shown ON shown_at >= from_time AND shown_at < to_time
                                    WHERE used_at IS NOT NULL
                                    GROUP BY question, user_id
                                ) AS visited
                                GROUP BY question""");
            }
        }
    }

    private interface Question {
        String answer(LedgerSnapshot snapshot, TimeSpan span);
    }

    private static void assertAgreement(List<PostgresTokenLedger> ledgers, Connection connection, SpaceClock clock, List<TimeSpan> spans,
            Question question, String sql) throws SQLException {
        Function<LedgerSnapshot, List<String>> ask = snapshot -> spans.stream().map(span -> question.answer(snapshot, span)).toList();
        var expected = countOneByOne(connection, clock, spans, sql);

        for (var ledger : ledgers) {
            var answers = ledger.withSnapshot(ask);
            for (var i = 0; i < spans.size(); i++) {
                assertThat(answers.get(i)).as("%s, %s from %s", clock, spans.get(i), ledger.readsFrom()).isEqualTo(expected.get(i));
            }
        }
    }

    /** The whole definition: a time of the store is a moment, and the space's wall clock shows a time at that moment. */
    private static List<String> countOneByOne(Connection connection, SpaceClock clock, List<TimeSpan> spans, String sql)
            throws SQLException {
        var statement = """
                WITH question AS MATERIALIZED (
                    SELECT * FROM (VALUES %s) AS question (question, from_time, to_time, before)
                ), shown AS MATERIALIZED (
                    SELECT user_id, created_at, used_at, created_at AT TIME ZONE '%s' AS moment,
                           created_at AT TIME ZONE '%2$s' AT TIME ZONE '%s' AS shown_at
                    FROM tokens
                )
                """.formatted(
                IntStream.range(0, spans.size()).mapToObj(i -> row(i, spans.get(i))).collect(joining(",")), clock.stored(), clock.space());
        var answers = new ArrayList<>(Collections.nCopies(spans.size(), ""));
        try (var query = connection.createStatement(); var rows = query.executeQuery(statement + sql)) {
            while (rows.next()) {
                answers.set(rows.getInt(1), rows.getString(2));
            }
        }
        return answers;
    }

    private static String row(int number, TimeSpan span) {
        return "(" + number + ", TIMESTAMP '" + span.from() + "', TIMESTAMP '" + span.to() + "', "
                + span.before().map(moment -> "TIMESTAMPTZ '" + moment + "'").orElse("NULL::timestamptz") + ")";
    }

    private static String text(TokenCounts counts) {
        return counts.issued() + " " + counts.used();
    }

    private static String text(LedgerSnapshot snapshot, TimeSpan days) {
        return snapshot.hourCounts(dayStart(days), dates(days)).stream()
                .map(hour -> hour.day() + " " + (hour.hour() < 10 ? "0" : "") + hour.hour() + " " + hour.issued() + " " + hour.used())
                .collect(joining(","));
    }

    private static String visitDays(LedgerSnapshot snapshot, TimeSpan days) {
        var users = new ArrayList<String>();
        snapshot.visitDays(dayStart(days), days, OptionalLong.empty(), false, visits -> users.add(visits.member().userId()
                + visits.days().stream().map(day -> " " + LocalDate.ofEpochDay(day)).collect(joining())));
        return users.stream().sorted().collect(joining(","));
    }

    private static DayStart dayStart(TimeSpan days) {
        return new DayStart(days.from().toLocalTime());
    }

    private static DateRange dates(TimeSpan days) {
        return new DateRange(days.from().toLocalDate(), days.to().toLocalDate().minusDays(1));
    }

    /** The moments at which one of the two clocks is changed, from a day on. */
    private static List<Instant> changes(SpaceClock clock, LocalDate firstDay) {
        var first = firstDay.atStartOfDay(ZoneId.of("UTC")).toInstant();
        return Stream.of(clock.space(), clock.stored())
                .flatMap(zone -> Stream.iterate(zone.getRules().nextTransition(first), change -> change != null,
                        change -> zone.getRules().nextTransition(change.getInstant())).limit(8))
                .map(change -> change.getInstant())
                .toList();
    }

    /** Within a day and a half of the changes, often at a full minute. PostgreSQL reads times that a clock shows twice in another way. */
    private void insertTokens(List<Instant> changes, SpaceClock clock, Random random) throws SQLException {
        var rows = Stream.generate(() -> LocalDateTime.ofInstant(near(changes, random), clock.stored()))
                .filter(time -> clock.stored().getRules().getValidOffsets(time).size() == 1)
                .limit(TOKENS)
                .map(time -> "(" + random.nextInt(40) + ", '1', '" + time + "', " + (random.nextInt(3) == 0 ? "NULL" : "now()") + ")")
                .collect(joining(","));
        database.execute("INSERT INTO tokens (user_id, token, created_at, used_at) VALUES " + rows);
        database.execute("CREATE INDEX ON tokens (created_at)");
    }

    private static Instant near(List<Instant> changes, Random random) {
        var moment = changes.get(random.nextInt(changes.size())).plusSeconds(random.nextLong(-130_000, 130_000));
        return random.nextBoolean() ? moment.truncatedTo(ChronoUnit.MINUTES) : moment.plusNanos(1_000L * random.nextInt(1_000_000));
    }

    private static TimeSpan randomSpan(List<Instant> changes, SpaceClock clock, Random random) {
        var bounds = Stream.generate(() -> clock.wallAt(near(changes, random))).limit(2).sorted().toList();
        var before = random.nextInt(3) == 0 ? Optional.of(near(changes, random)) : Optional.<Instant>empty();
        return new TimeSpan(bounds.getFirst(), bounds.getLast(), before);
    }

    private static TimeSpan randomDays(List<Instant> changes, SpaceClock clock, Random random) {
        var dayStart = DAY_STARTS.get(random.nextInt(DAY_STARTS.size()));
        var first = clock.wallAt(near(changes, random)).toLocalDate();
        return dayStart.spanOf(new DateRange(first, first.plusDays(random.nextInt(4))));
    }
}
