package coworking.analytics.application.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.application.tck.Change.Clear;
import coworking.analytics.application.tck.Change.PutToken;
import coworking.analytics.application.tck.Change.PutUser;
import coworking.analytics.application.tck.Change.RemoveToken;
import coworking.analytics.application.tck.Change.RemoveUser;
import coworking.analytics.application.tck.Turmoil.Sighting;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.Name;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.User;
import coworking.analytics.domain.UserTallies;
import coworking.analytics.domain.UserTally;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The contract of {@link TokenLedger}. A ledger keeps it where all tests of a subclass pass; each test's name begins with the
 * clause it checks.
 *
 * <p>A subclass says three things: which ledger, how its store is written to, and how that store goes away. Writing is one hook that
 * commits {@link Change changes} rather than one that loads a given state, because a ledger may keep sums of its own: only real
 * inserts, updates, deletes and truncations, several in one transaction, show whether such sums follow. The kit makes every other
 * state it needs out of changes.
 *
 * <p>The store under test must take what real stores hold: tokens whose user is unknown, users without a date of joining, and
 * times that run backwards. Where a schema forbids some of that, the subclass drops the constraint. What a store's own infinities
 * become (C5) only the store's own tests can say, for no {@link Change} can hold them.
 */
public abstract class TokenLedgerContract extends FactsContract {

    /** For subclasses. */
    protected TokenLedgerContract() {}

    @Test
    void c1TalliesTokensForTheDateOfTheirCreation() {
        given(
                new PutToken(1, token(1, NOON)),
                new PutToken(2, used(1, NOON, NOON.plusDays(1))),
                new PutToken(3, used(2, NOON.plusDays(1), NOON)),
                new PutToken(4, token(2, DAY.atTime(23, 59, 59, 999_999_000))));

        assertThat(ledger().dayTallies()).containsExactlyInAnyOrder(new DayTally(DAY, 3, 1), new DayTally(DAY.plusDays(1), 1, 1));
    }

    @Test
    void c1CountsATokenAsUsedWhateverTheTimeOfItsUse() {
        given(
                new PutUser(joined(1, NOON)),
                new PutToken(1, used(1, NOON, NOON.minusMinutes(5))),
                new PutToken(2, used(1, NOON, LocalDateTime.parse("0001-01-01T00:00:00"))),
                new PutToken(3, used(1, NOON, LocalDateTime.parse("9999-12-31T23:59:59.999999"))));

        assertThat(ledger().dayTallies()).containsExactly(new DayTally(DAY, 3, 3));
    }

    @Test
    void c1AgreesWithTheDomainThroughoutRandomHistories() {
        RandomHistory.replay(this::commit, contents -> assertThat(ledger().dayTallies())
                .containsExactlyInAnyOrderElementsOf(contents.dayTallies()));
    }

    @Test
    void c2TalliesTokensForTheirUserUsedOrNot() {
        given(
                new PutUser(joined(1, NOON)),
                new PutUser(joined(2, NOON.plusYears(1))),
                new PutToken(1, token(1, NOON)),
                new PutToken(2, used(1, NOON, NOON)),
                new PutToken(3, used(2, NOON, NOON)));

        assertThat(ledger().userTallies()).containsExactly(
                new UserTally(1, Optional.of(NOON), 2, 1), new UserTally(2, Optional.of(NOON.plusYears(1)), 1, 1));
    }

    @Test
    void c2LeavesOutUsersWithoutATokenAndKeepsTokensWithoutAUser() {
        given(new PutUser(joined(1, NOON)), new PutToken(1, token(2, NOON)));

        assertThat(ledger().userTallies()).extracting(UserTally::userId, UserTally::issued).containsExactly(tuple(2L, 1L));
    }

    @Test
    void c2AgreesWithTheDomainThroughoutRandomHistories() {
        RandomHistory.replay(this::commit, contents -> assertThat(ledger().userTallies()).isEqualTo(contents.userTallies()));
    }

    @Test
    void c3ListsDaysAsDatesAscend() {
        var days = Stream.of("2024-10-01", "0999-12-31", "9999-12-31", "2024-09-30", "0001-01-01", "1970-01-01").map(LocalDate::parse);
        commit(numbered(days.map(day -> token(1, day.atTime(9, 0)))));

        assertThat(ledger().dayTallies()).hasSize(6).extracting(DayTally::day).isSorted();
    }

    @Test
    void c3ListsUsersAsNumbersAscend() {
        var users = LongStream.of(10, 9, -1, -10, 100, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, 99);
        users.forEach(user -> given(new PutUser(joined(user, NOON)), new PutToken(user, token(user, NOON))));

        assertThat(ledger().userTallies()).hasSize(9).extracting(UserTally::userId).isSorted();
    }

    @Test
    void c3HandsOutDaysThatNobodyCanChange() {
        given(new PutToken(1, token(1, NOON)));

        assertThat(ledger().dayTallies()).isUnmodifiable();
    }

    @Test
    void c4AnswersNothingWhereThereAreNoTokens() {
        given(new PutUser(joined(1, NOON)));

        assertThat(ledger().dayTallies()).isEmpty();
        assertThat(ledger().userTallies()).isEmpty();
    }

    @Test
    void c4AnswersNothingOnceTheLastTokenIsGone() {
        given(new PutUser(joined(1, NOON)), new PutToken(1, used(1, NOON, NOON)));
        given(new RemoveToken(1));

        assertThat(ledger().dayTallies()).isEmpty();
        assertThat(ledger().userTallies()).isEmpty();
    }

    @Test
    void c4KnowsNoDateOfJoiningOfUsersWhoAreUnknownOrWhereNoneWasRecorded() {
        given(
                new PutUser(new User(1, Optional.empty())),
                new PutUser(joined(2, NOON)),
                new PutToken(1, token(1, NOON)),
                new PutToken(2, token(2, NOON)),
                new PutToken(3, token(3, NOON)));
        given(new RemoveUser(2));

        assertThat(ledger().userTallies()).hasSize(3).extracting(UserTally::joinedAt).containsOnly(Optional.empty());
    }

    @Test
    void c5HandsOverTimesToTheMicrosecond() {
        assertHandedOver(Stream.of("2024-05-06T12:00:00", "2024-05-06T12:00:00.000001", "2024-05-06T12:00:00.999999"));
    }

    @Test
    void c5HandsOverTimesFromTheFirstYearToTheLast() {
        assertHandedOver(
                Stream.of("0001-01-01T00:00:00", "1582-10-10T12:00:00", "1969-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999"));
    }

    @Test
    @ResourceLock(Resources.TIME_ZONE)
    void c5HandsOverTimesAsTheyStandWhereTheZoneOfTheProcessSkipsThem() {
        inZone("Europe/Berlin", () -> assertHandedOver(Stream.of("2023-03-26T02:30:00", "2023-10-29T02:30:00")));
        inZone("America/Sao_Paulo", () -> assertHandedOver(Stream.of("2018-11-04T00:30:00", "2018-11-03T23:59:59")));
        inZone("Pacific/Apia", () -> assertHandedOver(Stream.of("2011-12-30T00:00:00", "2011-12-30T23:59:59.999999")));
    }

    @Test
    void c6ShowsWhatWasCommittedBeforeTheCall() {
        for (var hour = 1; hour <= 12; hour++) {
            var joined = NOON.plusHours(hour);
            given(new PutUser(joined(1, joined)), new PutToken(hour, used(1, NOON, NOON)));

            assertThat(ledger().dayTallies()).containsExactly(new DayTally(DAY, hour, hour));
            assertThat(ledger().userTallies()).containsExactly(new UserTally(1, Optional.of(joined), hour, hour));
        }
    }

    @Test
    void c6GivesNoAnswerOlderThanTheCallWhileTheStoreChanges() {
        assertThat(dayTalliesInTurmoil()).noneMatch(Sighting::isOutdated);
        assertThat(userTalliesInTurmoil()).noneMatch(Sighting::isOutdated);
    }

    @Test
    void c7ShowsDaysOfOneStateWhileTheStoreChanges() {
        assertThat(dayTalliesInTurmoil()).allMatch(Sighting::isOfOneState);
    }

    @Test
    void c7ShowsUsersOfOneStateWhileTheStoreChanges() {
        assertThat(userTalliesInTurmoil()).allMatch(Sighting::isOfOneState);
    }

    @Test
    void c8RefusesDaysWhileTheStoreIsUnreachable() {
        given(new PutToken(1, token(1, NOON)));

        assertRefused(() -> ledger().dayTallies());
    }

    @Test
    void c8RefusesUsersWhileTheStoreIsUnreachable() {
        given(new PutToken(1, token(1, NOON)));

        assertRefused(() -> ledger().userTallies());
    }

    @Test
    void c8AnswersAgainOnceTheStoreIsReachable() {
        var ledger = ledger();
        given(new PutUser(joined(1, NOON)), new PutToken(1, token(1, NOON)));
        unreachably(() -> {
            assertThat(catchThrowable(ledger::dayTallies)).isNotNull();
            assertThat(catchThrowable(ledger::userTallies)).isNotNull();
        });
        given(new PutToken(2, used(1, NOON, NOON)));

        assertThat(ledger.dayTallies()).containsExactly(new DayTally(DAY, 2, 1));
        assertThat(ledger.userTallies()).containsExactly(new UserTally(1, Optional.of(NOON), 2, 1));
    }

    @Test
    void c9IsReadableWithAndWithoutTokens() {
        ledger().ensureReadable();
        given(new PutToken(1, token(1, NOON)));
        ledger().ensureReadable();
    }

    @Test
    void c9IsReadableExactlyWhileTheStoreIsReachable() {
        var ledger = ledger();
        assertRefused(ledger::ensureReadable);
        ledger.ensureReadable();
    }

    @Test
    void c9CostsTheSameHoweverManyTokensThereAre() {
        var ledger = ledger();
        var few = Cost.inBytes(ledger::ensureReadable);
        commit(numbered(LongStream.range(0, 2_000).mapToObj(number -> token(number, NOON.plusDays(number)))));

        assertThat(Cost.inBytes(ledger::ensureReadable)).as("bytes allocated").isLessThan(2 * few + 50_000);
    }

    @Test
    void c10MovesTheVersionWithWhateverChangesAnAnswer() {
        given(new PutUser(joined(1, NOON)), new PutUser(joined(2, NOON)), new PutToken(1, token(1, NOON)));

        assertMoved(new PutToken(2, token(2, NOON)));
        assertMoved(new PutToken(2, token(1, NOON)));
        assertMoved(new PutToken(2, token(1, NOON.plusDays(1))));
        assertMoved(new PutToken(2, used(1, NOON.plusDays(1), NOON)));
        assertMoved(new PutToken(2, token(1, NOON.plusDays(1))));
        assertMoved(new RemoveToken(2));
        assertMoved(new PutToken(1, token(1, NOON.plusNanos(1_000))));
        assertMoved(new PutToken(1, used(1, NOON, NOON)));
        assertMoved(new PutToken(1, used(1, NOON, NOON.plusNanos(1_000))));
        assertMoved(new PutToken(1, new Token(1, "1", NOON, Optional.of(NOON.plusNanos(1_000)))));
        assertMoved(new PutUser(joined(1, NOON.plusNanos(1_000))));
        assertMoved(new PutUser(new User(1, new Name("Ada", ""), Optional.of(NOON), true)));
        assertMoved(new PutUser(new User(1, new Name("Ada", "Lovelace"), Optional.of(NOON), true)));
        assertMoved(new PutUser(new User(1, new Name("Ada", "Lovelace"), Optional.of(NOON), false)));
        assertMoved(new PutUser(new User(1, Optional.empty())));
        assertMoved(new PutUser(joined(1, NOON)));
        assertMoved(new RemoveUser(1));
        assertMoved(new PutUser(joined(1, NOON)));
        assertMoved(new Clear());
        assertMoved(new PutToken(1, token(1, NOON)));
    }

    @Test
    void c10NeverReturnsToAVersionThroughoutRandomHistories() {
        var seen = new ArrayList<State>();
        RandomHistory.replay(this::commit, contents -> {
            var state = new State(ledger().version(), contents.dayTallies(), contents.userTallies(), answers(contents.facts()));
            seen.add(state);
            if (state.version().isPresent()) {
                var sinceItsVersion = seen.stream().dropWhile(earlier -> !earlier.version().equals(state.version()));
                assertThat(sinceItsVersion).as("states of one version").containsOnly(state);
            }
        });
    }

    @Test
    void c10HasOneStateBetweenEqualVersionsWhileTheStoreChanges() {
        assertThat(Turmoil.watch(this::commit, this::answersAgreeBetweenEqualVersions, contents -> true))
                .allMatch(Sighting::isOfOneState);
    }

    @Test
    void c10KnowsNoVersionWhileTheStoreIsUnreachable() {
        if (ledger().version().isPresent()) {
            assertRefused(() -> ledger().version());
        }
    }

    @Test
    void c10CostsTheSameHoweverManyTokensThereAre() {
        var ledger = ledger();
        var few = Cost.inBytes(ledger::version);
        commit(numbered(LongStream.range(0, 2_000).mapToObj(number -> token(number, NOON.plusDays(number)))));

        assertThat(Cost.inBytes(ledger::version)).as("bytes allocated").isLessThan(2 * few + 50_000);
    }

    private void assertMoved(Change change) {
        var before = ledger().version();
        given(change);
        var after = ledger().version();

        assertThat(before.isPresent() && before.equals(after)).as("the version stood still with " + change).isFalse();
    }

    private boolean answersAgreeBetweenEqualVersions() {
        var ledger = ledger();
        var before = ledger.version();
        var days = ledger.dayTallies();
        var users = ledger.userTallies();
        var agree = ledger.dayTallies().equals(days) && ledger.userTallies().equals(users);
        return agree || before.isEmpty() || !ledger.version().equals(before);
    }

    private List<Sighting> dayTalliesInTurmoil() {
        return Turmoil.watch(this::commit, ledger()::dayTallies, Contents::dayTallies);
    }

    private List<Sighting> userTalliesInTurmoil() {
        return Turmoil.watch(this::commit, ledger()::userTallies, Contents::userTallies);
    }

    /** Lets one user join, and use a token, at each of these times. */
    private void assertHandedOver(Stream<String> times) {
        times.map(LocalDateTime::parse).forEach(time -> {
            given(new Clear(), new PutUser(joined(1, time)), new PutToken(1, used(1, time, time)));

            assertThat(ledger().userTallies()).containsExactly(new UserTally(1, Optional.of(time), 1, 1));
            assertThat(ledger().dayTallies()).containsExactly(new DayTally(time.toLocalDate(), 1, 1));
        });
    }

    private record State(Optional<Version> version, List<DayTally> days, UserTallies users, List<Object> answers) {}
}
