package coworking.analytics.application.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.ConcurrentWrites.ObservedState;
import coworking.analytics.application.tck.StoreChange.Clear;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.application.tck.StoreChange.RemoveToken;
import coworking.analytics.application.tck.StoreChange.RemoveUser;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.fact.UserCounts;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The contract of {@link TokenLedger}. A ledger keeps it if all tests of a subclass pass; the name of each test begins with the clause
 * that it checks.
 *
 * <p>A subclass provides three hooks: the ledger, how to write to its store, and how to make the store unreachable. The write hook
 * commits {@link StoreChange changes} rather than loads a given state, because a ledger may maintain roll-ups: only real inserts,
 * updates, deletes and truncations, several in one transaction, show whether roll-ups follow. The kit builds every state from changes.
 *
 * <p>The store under test must accept what real stores hold: tokens of unknown users, users without a date of joining, and tokens that
 * are used before they are created. If a schema forbids some of that, the subclass drops the constraint. How a store's infinities are
 * read (C5) must be tested by the store's own tests, because a {@link StoreChange} cannot hold them.
 */
public abstract class TokenLedgerContract extends LedgerSnapshotContract {

    /** For subclasses. */
    public TokenLedgerContract() {}

    @Test
    void c1TalliesTokensForTheDateOfTheirCreation() {
        given(
                new PutToken(1, token(1, NOON)),
                new PutToken(2, used(1, NOON, NOON.plusDays(1))),
                new PutToken(3, used(2, NOON.plusDays(1), NOON)),
                new PutToken(4, token(2, DAY.atTime(23, 59, 59, 999_999_000))));

        assertThat(ledger().dayCounts()).containsExactlyInAnyOrder(new DayCounts(DAY, 3, 1), new DayCounts(DAY.plusDays(1), 1, 1));
    }

    @Test
    void c1CountsATokenAsUsedWhateverTheTimeOfItsUse() {
        given(
                new PutUser(joined(1, NOON)),
                new PutToken(1, used(1, NOON, NOON.minusMinutes(5))),
                new PutToken(2, used(1, NOON, LocalDateTime.parse("0001-01-01T00:00:00"))),
                new PutToken(3, used(1, NOON, LocalDateTime.parse("9999-12-31T23:59:59.999999"))));

        assertThat(ledger().dayCounts()).containsExactly(new DayCounts(DAY, 3, 3));
    }

    @Test
    void c2TalliesTokensForTheirUserUsedOrNot() {
        given(
                new PutUser(joined(1, NOON)),
                new PutUser(joined(2, NOON.plusYears(1))),
                new PutToken(1, token(1, NOON)),
                new PutToken(2, used(1, NOON, NOON)),
                new PutToken(3, used(2, NOON, NOON)));

        assertThat(ledger().userCounts()).containsExactly(
                new UserCounts(1, Optional.of(NOON), 2, 1), new UserCounts(2, Optional.of(NOON.plusYears(1)), 1, 1));
    }

    @Test
    void c2LeavesOutUsersWithoutATokenAndKeepsTokensWithoutAUser() {
        given(new PutUser(joined(1, NOON)), new PutToken(1, token(2, NOON)));

        assertThat(ledger().userCounts()).extracting(UserCounts::userId, UserCounts::issued).containsExactly(tuple(2L, 1L));
    }

    @Test
    void c3ListsDaysAsDatesAscend() {
        var days = Stream.of("2024-10-01", "0999-12-31", "9999-12-31", "2024-09-30", "0001-01-01", "1970-01-01").map(LocalDate::parse);
        commit(putTokens(days.map(day -> token(1, day.atTime(9, 0)))));

        assertThat(ledger().dayCounts()).hasSize(6).extracting(DayCounts::day).isSorted();
    }

    @Test
    void c3ListsUsersAsNumbersAscend() {
        var users = LongStream.of(10, 9, -1, -10, 100, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, 99);
        users.forEach(user -> given(new PutUser(joined(user, NOON)), new PutToken(user, token(user, NOON))));

        assertThat(ledger().userCounts()).hasSize(9).extracting(UserCounts::userId).isSorted();
    }

    @Test
    void c3ReturnsAnUnmodifiableListOfDays() {
        given(new PutToken(1, token(1, NOON)));

        assertThat(ledger().dayCounts()).isUnmodifiable();
    }

    @Test
    void c4AnswersNothingWhereThereAreNoTokens() {
        given(new PutUser(joined(1, NOON)));

        assertThat(ledger().dayCounts()).isEmpty();
        assertThat(ledger().userCounts()).isEmpty();
    }

    @Test
    void c4AnswersNothingOnceTheLastTokenIsGone() {
        given(new PutUser(joined(1, NOON)), new PutToken(1, used(1, NOON, NOON)));
        given(new RemoveToken(1));

        assertThat(ledger().dayCounts()).isEmpty();
        assertThat(ledger().userCounts()).isEmpty();
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

        assertThat(ledger().userCounts()).hasSize(3).extracting(UserCounts::joinedAt).containsOnly(Optional.empty());
    }

    @Test
    void c5HandsOverTimesToTheMicrosecond() {
        assertTimesPreserved(Stream.of("2024-05-06T12:00:00", "2024-05-06T12:00:00.000001", "2024-05-06T12:00:00.999999"));
    }

    @Test
    void c5HandsOverTimesFromTheFirstYearToTheLast() {
        assertTimesPreserved(
                Stream.of("0001-01-01T00:00:00", "1582-10-10T12:00:00", "1969-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999"));
    }

    @Test
    @ResourceLock(Resources.TIME_ZONE)
    void c5HandsOverTimesAsTheyStandWhereTheZoneOfTheProcessSkipsThem() {
        inZone("Europe/Berlin", () -> assertTimesPreserved(Stream.of("2023-03-26T02:30:00", "2023-10-29T02:30:00")));
        inZone("America/Sao_Paulo", () -> assertTimesPreserved(Stream.of("2018-11-04T00:30:00", "2018-11-03T23:59:59")));
        inZone("Pacific/Apia", () -> assertTimesPreserved(Stream.of("2011-12-30T00:00:00", "2011-12-30T23:59:59.999999")));
    }

    @Test
    void c6ShowsWhatWasCommittedBeforeTheCall() {
        for (var hour = 1; hour <= 12; hour++) {
            var joined = NOON.plusHours(hour);
            given(new PutUser(joined(1, joined)), new PutToken(hour, used(1, NOON, NOON)));

            assertThat(ledger().dayCounts()).containsExactly(new DayCounts(DAY, hour, hour));
            assertThat(ledger().userCounts()).containsExactly(new UserCounts(1, Optional.of(joined), hour, hour));
        }
    }

    @Test
    void c6GivesNoAnswerOlderThanTheCallWhileTheStoreChanges() {
        assertThat(dayCountsDuringWrites()).noneMatch(ObservedState::isOutdated);
        assertThat(userCountsDuringWrites()).noneMatch(ObservedState::isOutdated);
    }

    @Test
    void c7ShowsDaysOfOneStateWhileTheStoreChanges() {
        assertThat(dayCountsDuringWrites()).allMatch(ObservedState::isOfOneState);
    }

    @Test
    void c7ShowsUsersOfOneStateWhileTheStoreChanges() {
        assertThat(userCountsDuringWrites()).allMatch(ObservedState::isOfOneState);
    }

    @Test
    void c8RefusesDaysWhileTheStoreIsUnreachable() {
        given(new PutToken(1, token(1, NOON)));

        assertUnavailable(() -> ledger().dayCounts());
    }

    @Test
    void c8RefusesUsersWhileTheStoreIsUnreachable() {
        given(new PutToken(1, token(1, NOON)));

        assertUnavailable(() -> ledger().userCounts());
    }

    @Test
    void c8AnswersAgainOnceTheStoreIsReachable() {
        var ledger = ledger();
        given(new PutUser(joined(1, NOON)), new PutToken(1, token(1, NOON)));
        whileUnreachable(() -> {
            assertThat(catchThrowable(ledger::dayCounts)).isNotNull();
            assertThat(catchThrowable(ledger::userCounts)).isNotNull();
        });
        given(new PutToken(2, used(1, NOON, NOON)));

        assertThat(ledger.dayCounts()).containsExactly(new DayCounts(DAY, 2, 1));
        assertThat(ledger.userCounts()).containsExactly(new UserCounts(1, Optional.of(NOON), 2, 1));
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
        assertUnavailable(ledger::ensureReadable);
        ledger.ensureReadable();
    }

    @Test
    void c9CostsTheSameHoweverManyTokensThereAre() {
        var ledger = ledger();
        var few = AllocationMeter.minBytes(ledger::ensureReadable);
        commit(putTokens(LongStream.range(0, 2_000).mapToObj(number -> token(number, NOON.plusDays(number)))));

        assertThat(AllocationMeter.minBytes(ledger::ensureReadable)).as("bytes allocated").isLessThan(2 * few + 50_000);
    }

    @Test
    void c10MovesTheVersionWithWhateverChangesAnAnswer() {
        given(new PutUser(joined(1, NOON)), new PutUser(joined(2, NOON)), new PutToken(1, token(1, NOON)));

        assertVersionChanged(new PutToken(2, token(2, NOON)));
        assertVersionChanged(new PutToken(2, token(1, NOON)));
        assertVersionChanged(new PutToken(2, token(1, NOON.plusDays(1))));
        assertVersionChanged(new PutToken(2, used(1, NOON.plusDays(1), NOON)));
        assertVersionChanged(new PutToken(2, token(1, NOON.plusDays(1))));
        assertVersionChanged(new RemoveToken(2));
        assertVersionChanged(new PutToken(1, token(1, NOON.plusNanos(1_000))));
        assertVersionChanged(new PutToken(1, used(1, NOON, NOON)));
        assertVersionChanged(new PutToken(1, used(1, NOON, NOON.plusNanos(1_000))));
        assertVersionChanged(new PutToken(1, new Token(1, "1", NOON, Optional.of(NOON.plusNanos(1_000)))));
        assertVersionChanged(new PutUser(joined(1, NOON.plusNanos(1_000))));
        assertVersionChanged(new PutUser(new User(1, new PersonName("Ada", ""), Optional.of(NOON), true)));
        assertVersionChanged(new PutUser(new User(1, new PersonName("Ada", "Lovelace"), Optional.of(NOON), true)));
        assertVersionChanged(new PutUser(new User(1, new PersonName("Ada", "Lovelace"), Optional.of(NOON), false)));
        assertVersionChanged(new PutUser(new User(1, Optional.empty())));
        assertVersionChanged(new PutUser(joined(1, NOON)));
        assertVersionChanged(new RemoveUser(1));
        assertVersionChanged(new PutUser(joined(1, NOON)));
        assertVersionChanged(new Clear());
        assertVersionChanged(new PutToken(1, token(1, NOON)));
    }

    @Test
    void c10HasOneStateBetweenEqualVersionsWhileTheStoreChanges() {
        assertThat(ConcurrentWrites.observe(this::commit, this::answersAgreeBetweenEqualVersions, contents -> true))
                .allMatch(ObservedState::isOfOneState);
    }

    @Test
    void c10KnowsNoVersionWhileTheStoreIsUnreachable() {
        if (ledger().version().isPresent()) {
            assertUnavailable(() -> ledger().version());
        }
    }

    @Test
    void c10CostsTheSameHoweverManyTokensThereAre() {
        var ledger = ledger();
        var few = AllocationMeter.minBytes(ledger::version);
        commit(putTokens(LongStream.range(0, 2_000).mapToObj(number -> token(number, NOON.plusDays(number)))));

        assertThat(AllocationMeter.minBytes(ledger::version)).as("bytes allocated").isLessThan(2 * few + 50_000);
    }

    @Override
    final List<StateCheck> checksOfHistories() {
        return Stream.concat(
                Stream.of(
                        new StateCheck("c1AgreesWithTheDomainThroughoutRandomHistories", contents -> assertThat(ledger().dayCounts())
                                .containsExactlyInAnyOrderElementsOf(contents.dayCounts())),
                        new StateCheck("c2AgreesWithTheDomainThroughoutRandomHistories", contents -> assertThat(ledger().userCounts())
                                .isEqualTo(contents.userCounts())),
                        new StateCheck("c10NeverReturnsToAVersionThroughoutRandomHistories", neverReturnsToAVersion())),
                super.checksOfHistories().stream())
                .toList();
    }

    private Consumer<StoreContents> neverReturnsToAVersion() {
        var seen = new ArrayList<VersionedState>();
        return contents -> {
            var state = new VersionedState(ledger().version(), contents.dayCounts(), contents.userCounts(),
                    answers(contents.snapshot(clock())));
            seen.add(state);
            if (state.version().isPresent()) {
                var sinceItsVersion = seen.stream().dropWhile(earlier -> !earlier.version().equals(state.version()));
                assertThat(sinceItsVersion).as("states of one version").containsOnly(state);
            }
        };
    }

    private void assertVersionChanged(StoreChange change) {
        var before = ledger().version();
        given(change);
        var after = ledger().version();

        assertThat(before.isPresent() && before.equals(after)).as("the version stood still with " + change).isFalse();
    }

    private boolean answersAgreeBetweenEqualVersions() {
        var ledger = ledger();
        var before = ledger.version();
        var days = ledger.dayCounts();
        var users = ledger.userCounts();
        var agree = ledger.dayCounts().equals(days) && ledger.userCounts().equals(users);
        return agree || before.isEmpty() || !ledger.version().equals(before);
    }

    private List<ObservedState> dayCountsDuringWrites() {
        return ConcurrentWrites.observe(this::commit, ledger()::dayCounts, StoreContents::dayCounts);
    }

    private List<ObservedState> userCountsDuringWrites() {
        return ConcurrentWrites.observe(this::commit, ledger()::userCounts, StoreContents::userCounts);
    }

    /** Stores a user who joins, and uses a token, at each of these times. */
    private void assertTimesPreserved(Stream<String> times) {
        times.map(LocalDateTime::parse).forEach(time -> {
            given(new Clear(), new PutUser(joined(1, time)), new PutToken(1, used(1, time, time)));

            assertThat(ledger().userCounts()).containsExactly(new UserCounts(1, Optional.of(time), 1, 1));
            assertThat(ledger().dayCounts()).containsExactly(new DayCounts(time.toLocalDate(), 1, 1));
        });
    }

    private record VersionedState(Optional<LedgerVersion> version, List<DayCounts> days, PackedUserCounts users, List<Object> answers) {}
}
