package coworking.analytics.application.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberPosition;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.application.port.out.LedgerSnapshot.SnapshotSource;
import coworking.analytics.application.tck.ConcurrentWrites.ObservedState;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.application.tck.StoreChange.RemoveToken;
import coworking.analytics.application.tck.StoreChange.RemoveUser;
import coworking.analytics.domain.fact.CohortCounts;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.JoinCounts;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.fact.TokenFeed;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitDays;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The part of the contract that is about snapshots and their methods: clauses C11 and F1 to F13. */
abstract class LedgerSnapshotContract extends LedgerUnderTest {

    private static final DayStart FOUR_O_CLOCK = new DayStart(LocalTime.of(4, 0));
    private static final TimeSpan DAY_SPAN = DayStart.MIDNIGHT.spanOf(new DateRange(DAY, DAY));
    private static final int CALLS_PER_STATE = 6;

    /** More than an adapter fetches at once. */
    private static final int MANY_ROWS = 2_500;

    private static final long UNKNOWN_USER = 4_711;
    private static final LocalDateTime BEFORE_CALENDAR = LocalDateTime.of(-43, 3, 15, 12, 0);
    private static final LocalDateTime AFTER_CALENDAR = LocalDateTime.of(20_226, 5, 1, 9, 0);
    private static final User ADA = new User(1, new PersonName("Ada", "Lovelace"), Optional.of(NOON), true);
    private static final User ALAN = new User(2, new PersonName("Alan", "O'Turing; %s"), Optional.empty(), false);

    @Test
    void c11ShowsOneStateInAllAnswersThatIsNoOlderThanTheCallWhileTheStoreChanges() {
        assertThat(ConcurrentWrites.observe(this::commit, () -> ledger().withSnapshot(LedgerSnapshotContract::answers),
                contents -> answers(contents.snapshot(clock()))))
                .allMatch(ObservedState::isOfOneState)
                .noneMatch(ObservedState::isOutdated);
    }

    @Test
    void c11KeepsToItsStateWhateverIsCommittedMeanwhile() {
        given(new PutUser(ADA), new PutToken(1, used(1, NOON, NOON)), new PutToken(2, token(2, NOON)));

        assertInSnapshot(snapshot -> {
            var first = answers(snapshot);
            given(new PutUser(ALAN), new RemoveUser(1), new RemoveToken(1), new PutToken(3, used(2, NOON.plusDays(1), NOON)));
            assertThat(answers(snapshot)).isEqualTo(first);
        });
    }

    @Test
    void c11ShowsWhatWasCommittedBeforeTheCall() {
        for (var hour = 1; hour <= 12; hour++) {
            var user = new User(1, ADA.name(), Optional.of(NOON.plusHours(hour)), hour % 2 == 0);
            givenOnWallClock(new PutUser(user), new PutToken(hour, used(1, NOON.plusHours(hour), NOON)));

            assertAnswer(Optional.of(known(user)), snapshot -> snapshot.member(1, true));
            assertAnswer(new TokenCounts(hour, hour), snapshot -> snapshot.tokenCounts(SnapshotCall.ALL_TIME));
        }
    }

    @Test
    void c11KnowsTheVersionOfItsState() {
        given(new PutToken(1, token(1, NOON)));
        var before = ledger().version();
        var version = ledger().withSnapshot(LedgerSnapshot::version);

        if (ledger().version().equals(before)) {
            assertThat(version).isEqualTo(before);
        }
    }

    @Test
    void c11DoesNotTakeTheVersionOfALaterState() {
        given(new PutToken(1, token(1, NOON)));
        var version = ledger().withSnapshot(snapshot -> {
            snapshot.tokenCounts(SnapshotCall.ALL_TIME);
            given(new PutToken(2, token(1, NOON)));
            return snapshot.version();
        });

        assertThat(version.isPresent() && version.equals(ledger().version())).as("whether two states have one version").isFalse();
    }

    @Test
    void c11HasLookedAtNoTokenWhereNothingWasAsked() {
        given(new PutToken(1, token(1, NOON)));

        assertAnswer(SnapshotSource.ROLLUP, LedgerSnapshot::source);
    }

    @Test
    void c11NeverForgetsThatItLookedAtTokens() {
        given(new PutToken(1, token(1, NOON)));

        assertInSnapshot(snapshot -> {
            var sources = SnapshotCall.ofEachMethod(1).stream().map(question -> sourceAfter(question, snapshot)).toList();
            assertThat(sources.stream().dropWhile(SnapshotSource.ROLLUP::equals)).containsOnly(SnapshotSource.SCAN);
        });
    }

    private static SnapshotSource sourceAfter(SnapshotCall question, LedgerSnapshot snapshot) {
        assertThat(question.function().apply(snapshot)).isNotNull();
        return snapshot.source();
    }

    @Test
    void c11LetsOutWhateverIsThrownByWhoAsks() {
        given(new PutToken(1, used(1, NOON, NOON)));

        assertPropagated(new IllegalStateException("of who asks"));
        assertPropagated(new UnavailableException("another ledger does not answer", new IllegalStateException("of who asks")));
        assertPropagated(new StackOverflowError("of who asks"));
    }

    @Test
    void c11AnswersTheNextOneWhateverWasThrown() {
        var changes = List.<StoreChange>of(new PutToken(1, used(1, NOON, NOON)));
        commit(changes);
        var anything = SnapshotCall.ofEachMethod(1);
        for (var times = 0; times < 20; times++) {
            assertPropagated(new IllegalStateException("of who asks"));
        }

        assertAnswer(answers(anything, StoreContents.EMPTY.after(changes).snapshot(clock())), snapshot -> answers(anything, snapshot));
    }

    @Test
    void c11RefusesFactsOnceTheConversationIsOver() {
        given(new PutUser(ADA), new PutToken(1, used(1, NOON, NOON)));
        var snapshot = ledger().withSnapshot(Function.identity());

        assertThat(SnapshotCall.ofEachMethod(1))
                .allSatisfy(question -> assertThat(catchThrowable(() -> question.function().apply(snapshot)))
                        .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void c11RefusesEveryQuestionWhileTheStoreIsUnreachable() {
        given(new PutUser(ADA), new PutToken(1, used(1, NOON, NOON)));

        SnapshotCall.ofEachMethod(1).forEach(question -> assertUnavailable(() -> ledger().withSnapshot(question.function())));
    }

    @Test
    void c11AnswersAgainOnceTheStoreIsReachable() {
        var ledger = ledger();
        given(new PutToken(1, token(1, NOON)));
        whileUnreachable(
                () -> assertThat(catchThrowable(() -> ledger.withSnapshot(snapshot -> snapshot.tokenCounts(SnapshotCall.ALL_TIME))))
                        .isNotNull());
        given(new PutToken(2, used(1, NOON, NOON)));

        TokenCounts usage = ledger.withSnapshot(snapshot -> snapshot.tokenCounts(SnapshotCall.ALL_TIME));
        assertThat(usage).isEqualTo(new TokenCounts(2, 1));
    }

    @Test
    void c11TakesNoPartForTheWholeWhereTheStoreGoesAwayMeanwhile() {
        commitOnWallClock(putTokens(LongStream.range(0, MANY_ROWS).mapToObj(user -> used(user, NOON, NOON))));
        var rows = new ArrayList<MemberVisits>();
        try {
            var failure = catchThrowable(() -> assertInSnapshot(snapshot -> snapshot.memberVisits(all(MemberOrder.ID), member -> {
                setReachable(false);
                return rows.add(member);
            })));

            assertThat(failure).satisfiesAnyOf(
                    refusal -> assertThat(refusal).isInstanceOf(UnavailableException.class),
                    nothing -> assertThat(rows).hasSize(MANY_ROWS));
        } finally {
            setReachable(true);
        }
        assertAnswer(new TokenCounts(MANY_ROWS, MANY_ROWS), snapshot -> snapshot.tokenCounts(DAY_SPAN));
    }

    @Test
    @ResourceLock(Resources.TIME_ZONE)
    void c11TellsTimesAsTheyStandWhateverTheZoneOfTheProcess() {
        assertAgreementIn("Europe/Berlin", "2023-03-26T02:30:00");
        assertAgreementIn("America/Sao_Paulo", "2018-11-04T00:30:00");
        assertAgreementIn("Pacific/Apia", "2011-12-30T12:00:00");
    }

    @Test
    void f1ReachesFromTheDayOfTheFirstTokenToThatOfTheLast() {
        givenOnWallClock(
                new PutToken(1, token(1, NOON.plusDays(400))),
                new PutToken(2, used(1, DAY.atTime(3, 59, 59, 999_999_000), NOON.minusYears(1))),
                new PutToken(3, token(2, NOON)));

        assertAnswer(Optional.of(new DateRange(DAY, DAY.plusDays(400))), snapshot -> snapshot.extent(DayStart.MIDNIGHT));
        assertAnswer(Optional.of(new DateRange(DAY.minusDays(1), DAY.plusDays(400))), snapshot -> snapshot.extent(FOUR_O_CLOCK));
    }

    @Test
    void f1IsEmptyWhereThereIsNoToken() {
        givenOnWallClock(new PutUser(ADA));
        assertAnswer(Optional.empty(), snapshot -> snapshot.extent(FOUR_O_CLOCK));

        givenOnWallClock(new PutToken(1, token(1, NOON)));
        givenOnWallClock(new RemoveToken(1));
        assertAnswer(Optional.empty(), snapshot -> snapshot.extent(FOUR_O_CLOCK));
    }

    @Test
    void f1LeavesOutImplausibleDates() {
        givenOnWallClock(new PutToken(1, token(1, NOON)), new PutToken(2, token(1, BEFORE_CALENDAR)),
                new PutToken(3, token(1, AFTER_CALENDAR)));

        assertAnswer(Optional.of(new DateRange(DAY, DAY)), snapshot -> snapshot.extent(FOUR_O_CLOCK));
    }

    @Test
    void f2CountsForTheHourOfCreationUnderTheStartOfTheDay() {
        givenOnWallClock(
                new PutToken(1, used(1, DAY.atTime(10, 0), DAY.atTime(9, 59))),
                new PutToken(2, token(1, DAY.atTime(9, 59, 59, 999_999_000))),
                new PutToken(3, used(1, DAY.plusDays(1).atTime(3, 59), NOON)),
                new PutToken(4, used(1, DAY.plusDays(1).atTime(4, 0), NOON)));

        assertAnswer(List.of(new HourCounts(DAY, 3, 1, 1), new HourCounts(DAY, 9, 1, 0), new HourCounts(DAY, 10, 1, 1)),
                snapshot -> snapshot.hourCounts(FOUR_O_CLOCK, new DateRange(DAY, DAY)));
    }

    @Test
    void f2SharesAnHourInWhichTheDayBeginsBetweenTwoDays() {
        givenOnWallClock(
                new PutToken(1, used(1, DAY.atTime(4, 29, 59, 999_999_000), NOON)),
                new PutToken(2, token(1, DAY.atTime(4, 30))),
                new PutToken(3, token(2, DAY.atTime(4, 45))));
        var halfPastFour = new DayStart(LocalTime.of(4, 30));

        assertAnswer(List.of(new HourCounts(DAY.minusDays(1), 4, 1, 1), new HourCounts(DAY, 4, 2, 0)),
                snapshot -> snapshot.hourCounts(halfPastFour, new DateRange(DAY.minusDays(1), DAY)));
    }

    @Test
    void f3CountsFromTheFirstMomentToTheLastOneBeforeTheEnd() {
        givenOnWallClock(
                new PutToken(1, used(1, NOON, NOON.minusDays(1))),
                new PutToken(2, token(1, NOON.plusNanos(1_000))),
                new PutToken(3, used(3, NOON.plusNanos(2_000), NOON)));

        assertThat(tokenCountsOf(NOON, NOON.plusNanos(2_000))).isEqualTo(new TokenCounts(2, 1));
        assertThat(tokenCountsOf(NOON.plusNanos(1), NOON.plusNanos(2_001))).isEqualTo(new TokenCounts(2, 1));
        assertThat(tokenCountsOf(NOON, NOON)).isEqualTo(TokenCounts.ZERO);
    }

    @Test
    void f4CountsEachUserOnceInEachSpan() {
        givenOnWallClock(
                new PutToken(1, used(1, NOON, NOON)),
                new PutToken(2, used(1, NOON.plusHours(1), NOON)),
                new PutToken(3, used(2, NOON.plusHours(1), NOON)),
                new PutToken(4, token(3, NOON)),
                new PutToken(5, used(1, NOON.plusDays(1), NOON)));
        var days = Stream.of(DAY, DAY.plusDays(1), DAY.plusDays(2)).map(day -> DayStart.MIDNIGHT.spanOf(new DateRange(day, day))).toList();

        assertAnswer(List.of(2L, 1L, 0L), snapshot -> snapshot.countVisitors(days));
        assertAnswer(List.of(), snapshot -> snapshot.countVisitors(List.of()));
    }

    @Test
    void f4TakesAsManySpansAsThereAreDaysInManyYears() {
        givenOnWallClock(new PutToken(1, used(1, NOON, NOON)), new PutToken(2, used(2, NOON.plusDays(3_999), NOON)));
        var days = Stream.iterate(DAY, day -> day.plusDays(1)).limit(4_000).map(day -> FOUR_O_CLOCK.spanOf(new DateRange(day, day)))
                .toList();

        List<Long> visitors = ledger().withSnapshot(snapshot -> snapshot.countVisitors(days));
        assertThat(visitors).hasSize(4_000).startsWith(1L, 0L).endsWith(0L, 1L);
    }

    @Test
    void f5CountsKnownUsersByTheDayTheyJoinedAndUndatedOnesLast() {
        givenOnWallClock(
                new PutUser(ALAN),
                new PutUser(joined(3, DAY.plusDays(1).atTime(3, 59))),
                new PutUser(ADA),
                new PutUser(joined(4, DAY.plusDays(1).atTime(4, 0))),
                new PutToken(1, token(5, NOON)));

        assertAnswer(List.of(new JoinCounts(Optional.of(DAY), 2, 0),
                new JoinCounts(Optional.of(DAY.plusDays(1)), 1, 0),
                new JoinCounts(Optional.empty(), 0, 1)), snapshot -> snapshot.joinCounts(FOUR_O_CLOCK));
        assertAnswer(1L, snapshot -> snapshot.countJoined(DAY_SPAN));
        assertAnswer(3L, snapshot -> snapshot.countJoined(SnapshotCall.ALL_TIME));
    }

    @Test
    void f6IsTheHighestIdWheneverItsTokenWasCreated() {
        assertAnswer(OptionalLong.empty(), LedgerSnapshot::newestTokenId);
        givenOnWallClock(new PutToken(10, token(1, NOON.minusYears(1))), new PutToken(9, token(1, NOON)), new PutToken(-1, token(2, NOON)));

        assertAnswer(OptionalLong.of(10), LedgerSnapshot::newestTokenId);
    }

    @Test
    void f7OrdersUsersByTheirVisitsAndThoseWithAsManyByTheirIdsAsNumbers() {
        givenOnWallClock(
                new PutToken(1, used(9, NOON, NOON)), new PutToken(2, token(9, NOON)),
                new PutToken(3, used(10, NOON, NOON)), new PutToken(4, used(10, NOON, NOON)),
                new PutToken(5, used(-1, NOON, NOON)));

        assertThat(idsOf(all(MemberOrder.MOST_VISITS))).containsExactly(9L, 10L, -1L);
        assertThat(idsOf(all(MemberOrder.FEWEST_VISITS))).containsExactly(-1L, 9L, 10L);
        assertThat(idsOf(all(MemberOrder.ID))).containsExactly(-1L, 9L, 10L);
    }

    @Test
    void f7TellsOfUsersWhatIsKnownAndTheirNamesWhereTheyAreWanted() {
        givenOnWallClock(new PutUser(ADA), new PutUser(ALAN), new PutUser(joined(4, NOON)));
        commitOnWallClock(putTokens(Stream.of(token(1, NOON), used(2, NOON, NOON), token(3, NOON))));

        assertThat(membersOf(all(MemberOrder.ID)))
                .containsExactly(
                        new MemberVisits(known(ADA), 1, 0),
                        new MemberVisits(known(ALAN), 1, 1),
                        new MemberVisits(Member.unknown(3), 1, 0));
        assertThat(membersOf(withoutNames(all(MemberOrder.ID)))).extracting(MemberVisits::member)
                .containsExactly(known(ADA).withoutName(), known(ALAN).withoutName(), Member.unknown(3));
    }

    @Test
    void f7LeadsAWalkPastEveryUserOnceWhateverIsIssuedMeanwhile() {
        commitOnWallClock(putTokens(LongStream.range(0, MANY_ROWS).mapToObj(number -> used(number % 1_700, NOON, NOON))));
        var newest = ledger().withSnapshot(LedgerSnapshot::newestTokenId);
        var expected = idsOf(upTo(newest, Optional.empty(), MemberOrder.MOST_VISITS));

        var walked = new ArrayList<Long>();
        var after = Optional.<MemberPosition>empty();
        do {
            givenOnWallClock(new PutToken(1_000_000L + walked.size(), used(walked.size(), NOON, NOON)));
            var question = upTo(newest, after, MemberOrder.MOST_VISITS);
            var page = ledger()
                    .withSnapshot(snapshot -> SnapshotCall.<MemberVisits>collect(500, reader -> snapshot.memberVisits(question, reader)));
            page.forEach(visits -> walked.add(visits.member().userId()));
            after = page.stream().reduce((first, last) -> last).map(last -> new MemberPosition(last.issued(), last.member().userId()));
        } while (after.isPresent() && walked.size() <= expected.size());

        assertThat(walked).hasSize(1_700).isEqualTo(expected);
        assertAnswer(1_700L, snapshot -> snapshot.countMembers(upTo(newest, Optional.empty(), MemberOrder.MOST_VISITS)));
    }

    @Test
    void f7HandsOutAnyNumberOfUsersAndGoesOnToTheNextQuestion() {
        commitOnWallClock(putTokens(LongStream.range(0, MANY_ROWS).mapToObj(user -> used(MANY_ROWS - user, NOON, NOON))));

        assertInSnapshot(snapshot -> {
            assertThat(SnapshotCall.<MemberVisits>collect(1, reader -> snapshot.memberVisits(all(MemberOrder.ID), reader))).hasSize(1);
            assertThat(SnapshotCall.<MemberVisits>collect(1_500, reader -> snapshot.memberVisits(all(MemberOrder.ID), reader)))
                    .hasSize(1_500);
            assertThat(
                    SnapshotCall.<MemberVisits>collect(SnapshotCall.NO_LIMIT, reader -> snapshot.memberVisits(all(MemberOrder.ID), reader)))
                    .extracting(visits -> visits.member().userId())
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, MANY_ROWS).boxed().toList());
        });
    }

    @Test
    void f8NamesEachDayWithAUsedTokenOnce() {
        givenOnWallClock(
                new PutUser(ADA),
                new PutToken(1, used(1, NOON, NOON)),
                new PutToken(2, used(1, DAY.plusDays(1).atTime(3, 59), NOON)),
                new PutToken(3, used(1, DAY.minusDays(2).atTime(4, 0), NOON)),
                new PutToken(4, token(1, NOON.minusDays(1))),
                new PutToken(5, token(2, NOON)),
                new PutToken(6, used(10, NOON, NOON)),
                new PutToken(7, used(9, NOON, NOON)));
        var day = (int) DAY.toEpochDay();

        assertThat(visitDays(SnapshotCall.ALL_TIME, OptionalLong.empty())).containsExactly(
                new VisitDays(known(ADA), List.of(day - 2, day)),
                new VisitDays(Member.unknown(9), List.of(day)),
                new VisitDays(Member.unknown(10), List.of(day)));
        assertThat(visitDays(DAY_SPAN, OptionalLong.of(1))).extracting(visits -> visits.member().userId()).containsExactly(9L, 10L);
    }

    @Test
    void f8HandsOutAnyNumberOfUsers() {
        commitOnWallClock(putTokens(LongStream.range(0, MANY_ROWS).mapToObj(user -> used(MANY_ROWS - user, NOON, NOON))));

        assertThat(visitDays(DAY_SPAN, OptionalLong.of(100)))
                .extracting(visits -> visits.member().userId())
                .containsExactlyElementsOf(LongStream.rangeClosed(101, MANY_ROWS).boxed().toList());
    }

    @Test
    void f9FollowsACohortFromItsFirstVisitOfAll() {
        givenOnWallClock(
                new PutToken(1, used(1, NOON, NOON)), new PutToken(2, used(1, NOON.plusDays(1), NOON)),
                new PutToken(3, used(1, NOON.plusDays(14), NOON)), new PutToken(4, used(2, NOON.plusDays(6), NOON)),
                new PutToken(5, used(3, NOON.minusYears(3), NOON)), new PutToken(6, used(3, NOON, NOON)),
                new PutToken(7, token(2, NOON.minusDays(7))));
        var monday = LocalDate.parse("2024-05-06");
        var week = FOUR_O_CLOCK.spanOf(new DateRange(monday, monday.plusDays(6)));

        assertAnswer(List.of(new CohortCounts(monday, monday, 2), new CohortCounts(monday, monday.plusDays(14), 1)),
                snapshot -> snapshot.cohortCounts(FOUR_O_CLOCK, Interval.WEEK, week));
    }

    @Test
    void f10NamesOneFindingOfEachKind() {
        givenOnWallClock(
                new PutUser(joined(1, NOON.plusNanos(1_000))), new PutUser(ALAN), new PutUser(joined(3, BEFORE_CALENDAR)),
                new PutUser(joined(4, NOON)),
                new PutToken(1, new Token(1, "000001", NOON, Optional.of(NOON.minusNanos(1_000)))),
                new PutToken(2, new Token(2, "1", NOON, Optional.of(BEFORE_CALENDAR))),
                new PutToken(3, new Token(3, "000001", NOON, Optional.of(AFTER_CALENDAR))),
                new PutToken(4, new Token(3, "1", NOON.plusDays(1), Optional.of(NOON))));

        assertAnswer(List.of(new DataQualityIssue(DataQualityIssue.IssueKind.USED_BEFORE_CREATED, 2, List.of(1L, 2L)),
                new DataQualityIssue(DataQualityIssue.IssueKind.CREATED_BEFORE_JOINED, 1, List.of(1L)),
                new DataQualityIssue(DataQualityIssue.IssueKind.REPEATED_CODE, 2, List.of(1L, 3L)),
                new DataQualityIssue(DataQualityIssue.IssueKind.USER_NEVER_SEEN, 1, List.of(4L)),
                new DataQualityIssue(DataQualityIssue.IssueKind.CREATED_AHEAD, 1, List.of(4L)),
                new DataQualityIssue(DataQualityIssue.IssueKind.IMPLAUSIBLE_TOKEN_DATE, 2, List.of(2L, 3L)),
                new DataQualityIssue(DataQualityIssue.IssueKind.IMPLAUSIBLE_JOIN_DATE, 1, List.of(3L))),
                snapshot -> snapshot.dataQualityIssues(DAY_SPAN, momentAt(NOON)));
    }

    @Test
    void f10NamesNoMoreThanAnOperatorLooksInto() {
        commitOnWallClock(putTokens(LongStream.range(0, 30).mapToObj(user -> used(100 - user, NOON, NOON.minusDays(1)))));
        LongStream.range(0, 30).forEach(user -> givenOnWallClock(new PutUser(joined(30 - user, NOON))));
        LongStream.range(0, 30).forEach(user -> givenOnWallClock(new PutUser(joined(100 - user, NOON.plusDays(1)))));
        var firstTwenty = LongStream.rangeClosed(1, 20).boxed().toList();

        assertAnswer(List.of(new DataQualityIssue(DataQualityIssue.IssueKind.USED_BEFORE_CREATED, 30, firstTwenty),
                new DataQualityIssue(DataQualityIssue.IssueKind.CREATED_BEFORE_JOINED, 30, firstTwenty),
                new DataQualityIssue(DataQualityIssue.IssueKind.REPEATED_CODE, 30, firstTwenty),
                new DataQualityIssue(DataQualityIssue.IssueKind.USER_NEVER_SEEN, 30, firstTwenty),
                new DataQualityIssue(DataQualityIssue.IssueKind.CREATED_AHEAD, 30, firstTwenty),
                new DataQualityIssue(DataQualityIssue.IssueKind.IMPLAUSIBLE_TOKEN_DATE, 0, List.of()),
                new DataQualityIssue(DataQualityIssue.IssueKind.IMPLAUSIBLE_JOIN_DATE, 0, List.of())),
                snapshot -> snapshot.dataQualityIssues(DAY_SPAN, momentAt(NOON.minusHours(1))));
    }

    @Test
    void f11TellsWhatIsKnownOfAnId() {
        givenOnWallClock(new PutUser(ADA), new PutUser(ALAN), new PutToken(1, token(3, NOON)));

        assertAnswer(Optional.of(known(ADA)), snapshot -> snapshot.member(1, true));
        assertAnswer(Optional.of(known(ALAN)), snapshot -> snapshot.member(2, true));
        assertAnswer(Optional.of(known(ALAN).withoutName()), snapshot -> snapshot.member(2, false));
        assertAnswer(Optional.of(Member.unknown(3)), snapshot -> snapshot.member(3, true));
        assertAnswer(Optional.empty(), snapshot -> snapshot.member(UNKNOWN_USER, true));
    }

    @Test
    void f11KnowsNoUserWithAnIdThatTheStoreCannotHold() {
        givenOnWallClock(new PutUser(ADA), new PutToken(1, used(1, NOON, NOON)));

        assertThat(LongStream.of(Long.MIN_VALUE, Integer.MAX_VALUE + 2L, (1L << 32) + 1, Long.MAX_VALUE).boxed())
                .allSatisfy(id -> assertAnswer(Optional.empty(), snapshot -> snapshot.member(id, true)))
                .allSatisfy(id -> assertThat(visitsOf(id, SnapshotCall.ALL_TIME, Optional.empty())).isEmpty());
    }

    @Test
    void f12TellsTheLatestVisitFirst() {
        givenOnWallClock(
                new PutToken(1, used(1, NOON.plusHours(1), NOON)),
                new PutToken(9, used(1, NOON, NOON.plusDays(1))),
                new PutToken(10, used(1, NOON, NOON.minusDays(1))),
                new PutToken(11, token(1, NOON)),
                new PutToken(12, used(2, NOON, NOON)),
                new PutToken(13, used(1, NOON.plusDays(1), NOON)));
        var visits = List.of(
                visit(1, NOON.plusHours(1), NOON), visit(10, NOON, NOON.minusDays(1)), visit(9, NOON, NOON.plusDays(1)));

        assertThat(visitsOf(1, DAY_SPAN, Optional.empty())).isEqualTo(visits);
        assertThat(visitsOf(1, DAY_SPAN, Optional.of(new VisitPosition(stored(NOON), 10)))).isEqualTo(visits.subList(2, 3));
        assertThat(visitsOf(1, DAY_SPAN, Optional.of(new VisitPosition(stored(NOON), 9)))).isEmpty();
    }

    @Test
    void f12HandsOutAnyNumberOfVisits() {
        commitOnWallClock(putTokens(LongStream.range(0, MANY_ROWS).mapToObj(minute -> used(1, NOON.plusMinutes(minute), NOON))));

        assertThat(visitsOf(1, SnapshotCall.ALL_TIME, Optional.empty()))
                .extracting(Visit::tokenId)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, MANY_ROWS).boxed().toList().reversed());
    }

    @Test
    void f13TellsTheLatestTokenUpToAMomentAndHowManyAreAhead() {
        givenOnWallClock(
                new PutToken(1, token(1, NOON.minusDays(2))), new PutToken(2, used(1, NOON, NOON)),
                new PutToken(3, token(2, NOON.plusNanos(1_000))), new PutToken(4, token(2, NOON.plusYears(80))),
                new PutToken(5, token(3, BEFORE_CALENDAR)), new PutToken(6, token(3, AFTER_CALENDAR)));

        assertAnswer(new TokenFeed(Optional.of(clock().at(stored(NOON))), 2, 2), snapshot -> snapshot.feed(momentAt(NOON)));
        assertAnswer(new TokenFeed(Optional.of(clock().at(stored(NOON.minusDays(2)))), 3, 2),
                snapshot -> snapshot.feed(momentAt(NOON.minusNanos(1))));
        assertAnswer(new TokenFeed(Optional.empty(), 4, 2), snapshot -> snapshot.feed(momentAt(NOON.minusDays(3))));
    }

    @Test
    void f13TellsNothingOfAnEmptyStore() {
        assertAnswer(new TokenFeed(Optional.empty(), 0, 0), snapshot -> snapshot.feed(momentAt(NOON)));
    }

    /** All checks share the same histories: applying a history to a store takes longer than checking it. */
    @TestFactory
    Stream<DynamicTest> throughoutRandomHistories() {
        return RandomHistory.replay(this::commit, checksOfHistories()).stream().map(StateCheck::asTest);
    }

    List<StateCheck> checksOfHistories() {
        return List.of(
                agreement("f1AgreesWithTheDomainThroughoutRandomHistories", arguments -> SnapshotCall.extent(arguments.dayStart())),
                agreement("f2AgreesWithTheDomainThroughoutRandomHistories",
                        arguments -> SnapshotCall.hourCounts(arguments.dayStart(), arguments.range())),
                agreement("f3AgreesWithTheDomainThroughoutRandomHistories", arguments -> SnapshotCall.tokenCounts(arguments.cutSpan())),
                agreement("f4AgreesWithTheDomainThroughoutRandomHistories", arguments -> SnapshotCall.countVisitors(arguments.cutSpans())),
                agreement("f5AgreesWithTheDomainThroughoutRandomHistories",
                        arguments -> SnapshotCall.joinCounts(arguments.dayStart()),
                        arguments -> SnapshotCall.countJoined(arguments.cutSpan())),
                agreement("f6AgreesWithTheDomainThroughoutRandomHistories", arguments -> SnapshotCall.newestTokenId()),
                agreement("f7AgreesWithTheDomainThroughoutRandomHistories",
                        arguments -> SnapshotCall.memberVisits(arguments.memberVisitsCriteria(), arguments.maxRows())),
                agreement("f7CountsAsTheDomainDoesThroughoutRandomHistories",
                        arguments -> SnapshotCall.countMembers(arguments.memberVisitsCriteria())),
                agreement("f8AgreesWithTheDomainThroughoutRandomHistories",
                        arguments -> SnapshotCall.visitDays(arguments.dayStart(), arguments.span(), arguments.afterUser(),
                                arguments.nextBoolean(), arguments.maxRows())),
                agreement("f9AgreesWithTheDomainThroughoutRandomHistories",
                        arguments -> SnapshotCall.cohortCounts(arguments.dayStart(), arguments.interval(), arguments.span())),
                agreement("f10AgreesWithTheDomainThroughoutRandomHistories",
                        arguments -> SnapshotCall.dataQualityIssues(arguments.span(), arguments.moment())),
                agreement("f11AgreesWithTheDomainThroughoutRandomHistories",
                        arguments -> SnapshotCall.member(arguments.userId(), arguments.nextBoolean())),
                agreement("f12AgreesWithTheDomainThroughoutRandomHistories",
                        arguments -> SnapshotCall.visits(arguments.userId(), arguments.span(), arguments.visitPosition(),
                                arguments.maxRows())),
                agreement("f13AgreesWithTheDomainThroughoutRandomHistories", arguments -> SnapshotCall.feed(arguments.moment())));
    }

    /** Compares some calls on each state with the domain's definitions. */
    @SafeVarargs
    private StateCheck agreement(String name, Function<RandomArguments, SnapshotCall>... draws) {
        return new StateCheck(name, contents -> {
            for (var draw : draws) {
                var arguments = new RandomArguments(contents, clock());
                assertAgreement(Stream.generate(() -> draw.apply(arguments)).limit(CALLS_PER_STATE).toList(), contents);
            }
        });
    }

    /** Applies changes whose times are on the space's wall clock. */
    private void givenOnWallClock(StoreChange... changes) {
        commitOnWallClock(List.of(changes));
    }

    private void commitOnWallClock(List<StoreChange> changes) {
        commit(changes.stream().map(this::stored).toList());
    }

    private StoreChange stored(StoreChange change) {
        return switch (change) {
            case PutUser(var user) -> new PutUser(stored(user));
            case PutToken(var id, var token) -> new PutToken(id, new Token(
                    token.userId(), token.code(), stored(token.createdAt()), token.usedAt().map(this::stored)));
            default -> change;
        };
    }

    private User stored(User user) {
        return new User(user.id(), user.name(), user.joinedAt().map(this::stored), user.isActive());
    }

    /** What the store's clock showed when the space's wall clock showed a time; the first of several. */
    private LocalDateTime stored(LocalDateTime wall) {
        return clock().storedSpans(new TimeSpan(wall, wall.plusNanos(1))).getFirst().from();
    }

    private Instant momentAt(LocalDateTime wall) {
        return clock().firstMomentOf(wall);
    }

    /** What is known of a user who joined at a time on the space's wall clock. */
    private Member known(User user) {
        return Member.of(stored(user), clock());
    }

    private Visit visit(long tokenId, LocalDateTime createdAt, LocalDateTime usedAt) {
        return Visit.of(tokenId, stored(createdAt), stored(usedAt), clock());
    }

    private void assertAgreement(List<SnapshotCall> questions, StoreContents contents) {
        assertInSnapshot(snapshot -> assertThat(questions).allSatisfy(question -> assertThat(question.function().apply(snapshot))
                .as(question.description())
                .isEqualTo(question.function().apply(contents.snapshot(clock())))));
    }

    private void assertAgreementIn(String zone, String time) {
        var skipped = LocalDateTime.parse(time);
        var changes = List.<StoreChange>of(new PutUser(joined(1, skipped)), new PutToken(1, used(1, skipped, skipped)));
        commit(changes);

        inZone(zone, () -> assertAgreement(SnapshotCall.ofEachMethod(1), StoreContents.EMPTY.after(changes)));
    }

    private <T> void assertAnswer(T expected, Function<LedgerSnapshot, T> question) {
        T answer = ledger().withSnapshot(question);
        assertThat(answer).isEqualTo(expected);
    }

    /** Runs assertions on a snapshot; failures are passed on. */
    private void assertInSnapshot(Consumer<LedgerSnapshot> questions) {
        ledger().withSnapshot(snapshot -> {
            questions.accept(snapshot);
            return true;
        });
    }

    /** Throws between two calls, and while rows are passed on. */
    private void assertPropagated(Throwable failure) {
        assertThat(catchThrowable(() -> ledger().withSnapshot(snapshot -> {
            snapshot.tokenCounts(SnapshotCall.ALL_TIME);
            throw unchecked(failure);
        }))).isSameAs(failure);
        assertThat(catchThrowable(() -> assertInSnapshot(snapshot -> snapshot.memberVisits(all(MemberOrder.ID), member -> {
            throw unchecked(failure);
        })))).isSameAs(failure);
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    static List<Object> answers(LedgerSnapshot snapshot) {
        return answers(SnapshotCall.ofEachMethod(1), snapshot);
    }

    private static List<Object> answers(List<SnapshotCall> questions, LedgerSnapshot snapshot) {
        return questions.stream().map(question -> question.function().apply(snapshot)).toList();
    }

    private TokenCounts tokenCountsOf(LocalDateTime from, LocalDateTime to) {
        return ledger().withSnapshot(snapshot -> snapshot.tokenCounts(new TimeSpan(from, to)));
    }

    private List<MemberVisits> membersOf(MemberVisitsCriteria question) {
        return ledger()
                .withSnapshot(snapshot -> SnapshotCall.collect(SnapshotCall.NO_LIMIT, reader -> snapshot.memberVisits(question, reader)));
    }

    private List<Long> idsOf(MemberVisitsCriteria question) {
        return membersOf(question).stream().map(visits -> visits.member().userId()).toList();
    }

    private List<VisitDays> visitDays(TimeSpan span, OptionalLong afterUser) {
        return ledger().withSnapshot(snapshot -> SnapshotCall.collect(SnapshotCall.NO_LIMIT,
                reader -> snapshot.visitDays(FOUR_O_CLOCK, span, afterUser, true, reader)));
    }

    private List<Visit> visitsOf(long userId, TimeSpan span, Optional<VisitPosition> before) {
        return ledger()
                .withSnapshot(
                        snapshot -> SnapshotCall.collect(SnapshotCall.NO_LIMIT, reader -> snapshot.visits(userId, span, before, reader)));
    }

    private static MemberVisitsCriteria all(MemberOrder order) {
        return upTo(OptionalLong.empty(), Optional.empty(), order);
    }

    private static MemberVisitsCriteria upTo(OptionalLong tokenId, Optional<MemberPosition> after, MemberOrder order) {
        return new MemberVisitsCriteria(Optional.empty(), CountedTokens.ISSUED, Optional.empty(), 1, order, tokenId, after, true);
    }

    private static MemberVisitsCriteria withoutNames(MemberVisitsCriteria question) {
        return new MemberVisitsCriteria(question.span(), question.countedTokens(), question.isActive(), question.minVisits(),
                question.order(),
                question.maxTokenId(), question.after(), false);
    }
}
