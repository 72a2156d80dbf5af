package coworking.analytics.application.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Facts.Counted;
import coworking.analytics.application.port.out.Facts.MemberPosition;
import coworking.analytics.application.port.out.Facts.MemberQuestion;
import coworking.analytics.application.port.out.Facts.Order;
import coworking.analytics.application.port.out.Facts.Source;
import coworking.analytics.application.port.out.Facts.VisitPosition;
import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.application.tck.Change.PutToken;
import coworking.analytics.application.tck.Change.PutUser;
import coworking.analytics.application.tck.Change.RemoveToken;
import coworking.analytics.application.tck.Change.RemoveUser;
import coworking.analytics.application.tck.Turmoil.Sighting;
import coworking.analytics.domain.CohortTally;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.HourTally;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.JoinTally;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.Name;
import coworking.analytics.domain.TimeSpan;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.Usage;
import coworking.analytics.domain.User;
import coworking.analytics.domain.Visit;
import coworking.analytics.domain.VisitDays;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The part of the contract that is about conversations, and about what can be asked in them. */
abstract class FactsContract extends LedgerUnderTest {

    private static final DayStart FOUR = new DayStart(LocalTime.of(4, 0));
    private static final TimeSpan THAT_DAY = DayStart.MIDNIGHT.spanOf(new Days(DAY, DAY));
    private static final int QUESTIONS = 6;

    /** More than anybody reads at once. */
    private static final int MANY = 2_500;

    private static final long NOBODY = 4_711;
    private static final User ADA = new User(1, new Name("Ada", "Lovelace"), Optional.of(NOON), true);
    private static final User ALAN = new User(2, new Name("Alan", "O'Turing; %s"), Optional.empty(), false);

    @Test
    void c11ShowsOneStateInAllAnswersThatIsNoOlderThanTheCallWhileTheStoreChanges() {
        assertThat(Turmoil.watch(this::commit, () -> ledger().converse(FactsContract::answers), contents -> answers(contents.facts())))
                .allMatch(Sighting::isOfOneState)
                .noneMatch(Sighting::isOutdated);
    }

    @Test
    void c11KeepsToItsStateWhateverIsCommittedMeanwhile() {
        given(new PutUser(ADA), new PutToken(1, used(1, NOON, NOON)), new PutToken(2, token(2, NOON)));

        assertAsked(facts -> {
            var first = answers(facts);
            given(new PutUser(ALAN), new RemoveUser(1), new RemoveToken(1), new PutToken(3, used(2, NOON.plusDays(1), NOON)));
            assertThat(answers(facts)).isEqualTo(first);
        });
    }

    @Test
    void c11ShowsWhatWasCommittedBeforeTheCall() {
        for (var hour = 1; hour <= 12; hour++) {
            var user = new User(1, ADA.name(), Optional.of(NOON.plusHours(hour)), hour % 2 == 0);
            var changes = List.<Change>of(new PutUser(user), new PutToken(hour, used(1, NOON.plusHours(hour), NOON)));
            commit(changes);

            assertAnswer(Optional.of(Member.of(user)), facts -> facts.member(1, true));
            assertAnswer(new Usage(hour, hour), facts -> facts.usage(Question.ALWAYS));
        }
    }

    @Test
    void c11KnowsTheVersionOfItsState() {
        given(new PutToken(1, token(1, NOON)));
        var before = ledger().version();
        var version = ledger().converse(Facts::version);

        if (ledger().version().equals(before)) {
            assertThat(version).isEqualTo(before);
        }
    }

    @Test
    void c11DoesNotTakeTheVersionOfALaterState() {
        given(new PutToken(1, token(1, NOON)));
        var version = ledger().converse(facts -> {
            facts.usage(Question.ALWAYS);
            given(new PutToken(2, token(1, NOON)));
            return facts.version();
        });

        assertThat(version.isPresent() && version.equals(ledger().version())).as("whether two states have one version").isFalse();
    }

    @Test
    void c11HasLookedAtNoTokenWhereNothingWasAsked() {
        given(new PutToken(1, token(1, NOON)));

        assertAnswer(Source.ROLLUP, Facts::source);
    }

    @Test
    void c11NeverForgetsThatItLookedAtTokens() {
        given(new PutToken(1, token(1, NOON)));

        assertAsked(facts -> {
            var sources = Question.ofEachKind(1).stream().map(question -> sourceAfter(question, facts)).toList();
            assertThat(sources.stream().dropWhile(Source.ROLLUP::equals)).containsOnly(Source.SCAN);
        });
    }

    private static Source sourceAfter(Question question, Facts facts) {
        assertThat(question.ask().apply(facts)).isNotNull();
        return facts.source();
    }

    @Test
    void c11LetsOutWhateverIsThrownByWhoAsks() {
        given(new PutToken(1, used(1, NOON, NOON)));

        assertLetOut(new IllegalStateException("of who asks"));
        assertLetOut(new LedgerUnavailable("another ledger does not answer", new IllegalStateException("of who asks")));
        assertLetOut(new StackOverflowError("of who asks"));
    }

    @Test
    void c11AnswersTheNextOneWhateverWasThrown() {
        var changes = List.<Change>of(new PutToken(1, used(1, NOON, NOON)));
        commit(changes);
        var anything = Question.ofEachKind(1);
        for (var times = 0; times < 20; times++) {
            assertLetOut(new IllegalStateException("of who asks"));
        }

        assertAnswer(answers(anything, Contents.NOTHING.after(changes).facts()), facts -> answers(anything, facts));
    }

    @Test
    void c11RefusesFactsOnceTheConversationIsOver() {
        given(new PutUser(ADA), new PutToken(1, used(1, NOON, NOON)));
        var facts = ledger().converse(Function.identity());

        assertThat(Question.ofEachKind(1)).allSatisfy(question -> assertThat(catchThrowable(() -> question.ask().apply(facts)))
                .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void c11RefusesEveryQuestionWhileTheStoreIsUnreachable() {
        given(new PutUser(ADA), new PutToken(1, used(1, NOON, NOON)));

        Question.ofEachKind(1).forEach(question -> assertRefused(() -> ledger().converse(question.ask())));
    }

    @Test
    void c11AnswersAgainOnceTheStoreIsReachable() {
        var ledger = ledger();
        given(new PutToken(1, token(1, NOON)));
        unreachably(() -> assertThat(catchThrowable(() -> ledger.converse(facts -> facts.usage(Question.ALWAYS)))).isNotNull());
        given(new PutToken(2, used(1, NOON, NOON)));

        Usage usage = ledger.converse(facts -> facts.usage(Question.ALWAYS));
        assertThat(usage).isEqualTo(new Usage(2, 1));
    }

    @Test
    void c11TakesNoPartForTheWholeWhereTheStoreGoesAwayMeanwhile() {
        commit(numbered(LongStream.range(0, MANY).mapToObj(user -> used(user, NOON, NOON))));
        var rows = new ArrayList<MemberVisits>();
        try {
            var failure = catchThrowable(() -> assertAsked(facts -> facts.memberVisits(all(Order.ID), member -> {
                setReachable(false);
                return rows.add(member);
            })));

            assertThat(failure).satisfiesAnyOf(
                    refusal -> assertThat(refusal).isInstanceOf(LedgerUnavailable.class),
                    nothing -> assertThat(rows).hasSize(MANY));
        } finally {
            setReachable(true);
        }
        assertAnswer(new Usage(MANY, MANY), facts -> facts.usage(THAT_DAY));
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
        given(
                new PutToken(1, token(1, NOON.plusDays(400))),
                new PutToken(2, used(1, DAY.atTime(3, 59, 59, 999_999_000), NOON.minusYears(1))),
                new PutToken(3, token(2, NOON)));

        assertAnswer(Optional.of(new Days(DAY, DAY.plusDays(400))), facts -> facts.extent(DayStart.MIDNIGHT));
        assertAnswer(Optional.of(new Days(DAY.minusDays(1), DAY.plusDays(400))), facts -> facts.extent(FOUR));
    }

    @Test
    void f1IsEmptyWhereThereIsNoToken() {
        given(new PutUser(ADA));
        assertAnswer(Optional.empty(), facts -> facts.extent(FOUR));

        given(new PutToken(1, token(1, NOON)));
        given(new RemoveToken(1));
        assertAnswer(Optional.empty(), facts -> facts.extent(FOUR));
    }

    @Test
    void f1AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.extent(dice.dayStart()));
    }

    @Test
    void f2CountsForTheHourOfCreationUnderTheStartOfTheDay() {
        given(
                new PutToken(1, used(1, DAY.atTime(10, 0), DAY.atTime(9, 59))),
                new PutToken(2, token(1, DAY.atTime(9, 59, 59, 999_999_000))),
                new PutToken(3, used(1, DAY.plusDays(1).atTime(3, 59), NOON)),
                new PutToken(4, used(1, DAY.plusDays(1).atTime(4, 0), NOON)));

        assertAnswer(List.of(new HourTally(DAY, 3, 1, 1), new HourTally(DAY, 9, 1, 0), new HourTally(DAY, 10, 1, 1)),
                facts -> facts.hourTallies(FOUR, new Days(DAY, DAY)));
    }

    @Test
    void f2SharesAnHourInWhichTheDayBeginsBetweenTwoDays() {
        given(
                new PutToken(1, used(1, DAY.atTime(4, 29, 59, 999_999_000), NOON)),
                new PutToken(2, token(1, DAY.atTime(4, 30))),
                new PutToken(3, token(2, DAY.atTime(4, 45))));
        var halfPastFour = new DayStart(LocalTime.of(4, 30));

        assertAnswer(List.of(new HourTally(DAY.minusDays(1), 4, 1, 1), new HourTally(DAY, 4, 2, 0)),
                facts -> facts.hourTallies(halfPastFour, new Days(DAY.minusDays(1), DAY)));
    }

    @Test
    void f2AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.hourTallies(dice.dayStart(), dice.days()));
    }

    @Test
    void f3CountsFromTheFirstMomentToTheLastOneBeforeTheEnd() {
        given(
                new PutToken(1, used(1, NOON, NOON.minusDays(1))),
                new PutToken(2, token(1, NOON.plusNanos(1_000))),
                new PutToken(3, used(3, NOON.plusNanos(2_000), NOON)));

        assertThat(usageOf(NOON, NOON.plusNanos(2_000))).isEqualTo(new Usage(2, 1));
        assertThat(usageOf(NOON.plusNanos(1), NOON.plusNanos(2_001))).isEqualTo(new Usage(2, 1));
        assertThat(usageOf(NOON, NOON)).isEqualTo(Usage.NONE);
    }

    @Test
    void f3AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.usage(dice.span()));
    }

    @Test
    void f4CountsEachUserOnceInEachSpan() {
        given(
                new PutToken(1, used(1, NOON, NOON)),
                new PutToken(2, used(1, NOON.plusHours(1), NOON)),
                new PutToken(3, used(2, NOON.plusHours(1), NOON)),
                new PutToken(4, token(3, NOON)),
                new PutToken(5, used(1, NOON.plusDays(1), NOON)));
        var days = Stream.of(DAY, DAY.plusDays(1), DAY.plusDays(2)).map(day -> DayStart.MIDNIGHT.spanOf(new Days(day, day))).toList();

        assertAnswer(List.of(2L, 1L, 0L), facts -> facts.visitors(days));
        assertAnswer(List.of(), facts -> facts.visitors(List.of()));
    }

    @Test
    void f4TakesAsManySpansAsThereAreDaysInManyYears() {
        given(new PutToken(1, used(1, NOON, NOON)), new PutToken(2, used(2, NOON.plusDays(3_999), NOON)));
        var days = Stream.iterate(DAY, day -> day.plusDays(1)).limit(4_000).map(day -> FOUR.spanOf(new Days(day, day))).toList();

        List<Long> visitors = ledger().converse(facts -> facts.visitors(days));
        assertThat(visitors).hasSize(4_000).startsWith(1L, 0L).endsWith(0L, 1L);
    }

    @Test
    void f4AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.visitors(dice.spans()));
    }

    @Test
    void f5CountsKnownUsersByTheDayTheyJoinedAndUndatedOnesLast() {
        given(
                new PutUser(ALAN),
                new PutUser(joined(3, DAY.plusDays(1).atTime(3, 59))),
                new PutUser(ADA),
                new PutUser(joined(4, DAY.plusDays(1).atTime(4, 0))),
                new PutToken(1, token(5, NOON)));

        assertAnswer(List.of(new JoinTally(Optional.of(DAY), 2, 0),
                new JoinTally(Optional.of(DAY.plusDays(1)), 1, 0),
                new JoinTally(Optional.empty(), 0, 1)), facts -> facts.joins(FOUR));
        assertAnswer(1L, facts -> facts.joined(THAT_DAY));
        assertAnswer(3L, facts -> facts.joined(Question.ALWAYS));
    }

    @Test
    void f5AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.joins(dice.dayStart()));
        assertAgreement(dice -> Question.joined(dice.span()));
    }

    @Test
    void f6IsTheHighestIdWheneverItsTokenWasCreated() {
        assertAnswer(OptionalLong.empty(), Facts::newestToken);
        given(new PutToken(10, token(1, NOON.minusYears(1))), new PutToken(9, token(1, NOON)), new PutToken(-1, token(2, NOON)));

        assertAnswer(OptionalLong.of(10), Facts::newestToken);
    }

    @Test
    void f6AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.newestToken());
    }

    @Test
    void f7OrdersUsersByTheirVisitsAndThoseWithAsManyByTheirIdsAsNumbers() {
        given(
                new PutToken(1, used(9, NOON, NOON)), new PutToken(2, token(9, NOON)),
                new PutToken(3, used(10, NOON, NOON)), new PutToken(4, used(10, NOON, NOON)),
                new PutToken(5, used(-1, NOON, NOON)));

        assertThat(idsOf(all(Order.MOST_VISITS))).containsExactly(9L, 10L, -1L);
        assertThat(idsOf(all(Order.FEWEST_VISITS))).containsExactly(-1L, 9L, 10L);
        assertThat(idsOf(all(Order.ID))).containsExactly(-1L, 9L, 10L);
    }

    @Test
    void f7TellsOfUsersWhatIsKnownAndTheirNamesWhereTheyAreWanted() {
        given(new PutUser(ADA), new PutUser(ALAN), new PutUser(joined(4, NOON)));
        commit(numbered(Stream.of(token(1, NOON), used(2, NOON, NOON), token(3, NOON))));

        assertThat(membersOf(all(Order.ID)))
                .containsExactly(
                        new MemberVisits(Member.of(ADA), 1, 0),
                        new MemberVisits(Member.of(ALAN), 1, 1),
                        new MemberVisits(Member.unknown(3), 1, 0));
        assertThat(membersOf(withoutNames(all(Order.ID)))).extracting(MemberVisits::member)
                .containsExactly(Member.of(ADA).withoutName(), Member.of(ALAN).withoutName(), Member.unknown(3));
    }

    @Test
    void f7LeadsAWalkPastEveryUserOnceWhateverIsIssuedMeanwhile() {
        commit(numbered(LongStream.range(0, MANY).mapToObj(number -> used(number % 1_700, NOON, NOON))));
        var newest = ledger().converse(Facts::newestToken);
        var expected = idsOf(upTo(newest, Optional.empty(), Order.MOST_VISITS));

        var walked = new ArrayList<Long>();
        var after = Optional.<MemberPosition>empty();
        do {
            given(new PutToken(1_000_000L + walked.size(), used(walked.size(), NOON, NOON)));
            var question = upTo(newest, after, Order.MOST_VISITS);
            var page = ledger().converse(facts -> Question.<MemberVisits>read(500, reader -> facts.memberVisits(question, reader)));
            page.forEach(visits -> walked.add(visits.member().userId()));
            after = page.stream().reduce((first, last) -> last).map(last -> new MemberPosition(last.issued(), last.member().userId()));
        } while (after.isPresent() && walked.size() <= expected.size());

        assertThat(walked).hasSize(1_700).isEqualTo(expected);
        assertAnswer(1_700L, facts -> facts.countMembers(upTo(newest, Optional.empty(), Order.MOST_VISITS)));
    }

    @Test
    void f7HandsOutAnyNumberOfUsersAndGoesOnToTheNextQuestion() {
        commit(numbered(LongStream.range(0, MANY).mapToObj(user -> used(MANY - user, NOON, NOON))));

        assertAsked(facts -> {
            assertThat(Question.<MemberVisits>read(1, reader -> facts.memberVisits(all(Order.ID), reader))).hasSize(1);
            assertThat(Question.<MemberVisits>read(1_500, reader -> facts.memberVisits(all(Order.ID), reader))).hasSize(1_500);
            assertThat(Question.<MemberVisits>read(Question.ALL, reader -> facts.memberVisits(all(Order.ID), reader)))
                    .extracting(visits -> visits.member().userId())
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, MANY).boxed().toList());
        });
    }

    @Test
    void f7AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.memberVisits(dice.memberQuestion(), dice.most()));
    }

    @Test
    void f7CountsAsTheDomainDoesThroughoutRandomHistories() {
        assertAgreement(dice -> Question.countMembers(dice.memberQuestion()));
    }

    @Test
    void f8NamesEachDayWithAUsedTokenOnce() {
        given(
                new PutUser(ADA),
                new PutToken(1, used(1, NOON, NOON)),
                new PutToken(2, used(1, DAY.plusDays(1).atTime(3, 59), NOON)),
                new PutToken(3, used(1, DAY.minusDays(2).atTime(4, 0), NOON)),
                new PutToken(4, token(1, NOON.minusDays(1))),
                new PutToken(5, token(2, NOON)),
                new PutToken(6, used(10, NOON, NOON)),
                new PutToken(7, used(9, NOON, NOON)));
        var day = (int) DAY.toEpochDay();

        assertThat(visitDays(Question.ALWAYS, OptionalLong.empty())).containsExactly(
                new VisitDays(Member.of(ADA), List.of(day - 2, day)),
                new VisitDays(Member.unknown(9), List.of(day)),
                new VisitDays(Member.unknown(10), List.of(day)));
        assertThat(visitDays(THAT_DAY, OptionalLong.of(1))).extracting(visits -> visits.member().userId()).containsExactly(9L, 10L);
    }

    @Test
    void f8HandsOutAnyNumberOfUsers() {
        commit(numbered(LongStream.range(0, MANY).mapToObj(user -> used(MANY - user, NOON, NOON))));

        assertThat(visitDays(THAT_DAY, OptionalLong.of(100)))
                .extracting(visits -> visits.member().userId())
                .containsExactlyElementsOf(LongStream.rangeClosed(101, MANY).boxed().toList());
    }

    @Test
    void f8AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.visitDays(dice.dayStart(), dice.span(), dice.afterUser(), dice.coin(), dice.most()));
    }

    @Test
    void f9FollowsACohortFromItsFirstVisitOfAll() {
        given(
                new PutToken(1, used(1, NOON, NOON)), new PutToken(2, used(1, NOON.plusDays(1), NOON)),
                new PutToken(3, used(1, NOON.plusDays(14), NOON)), new PutToken(4, used(2, NOON.plusDays(6), NOON)),
                new PutToken(5, used(3, NOON.minusYears(3), NOON)), new PutToken(6, used(3, NOON, NOON)),
                new PutToken(7, token(2, NOON.minusDays(7))));
        var monday = LocalDate.parse("2024-05-06");
        var week = FOUR.spanOf(new Days(monday, monday.plusDays(6)));

        assertAnswer(List.of(new CohortTally(monday, monday, 2), new CohortTally(monday, monday.plusDays(14), 1)),
                facts -> facts.cohorts(FOUR, Interval.WEEK, week));
    }

    @Test
    void f9AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.cohorts(dice.dayStart(), dice.interval(), dice.span()));
    }

    @Test
    void f10NamesOneFindingOfEachKind() {
        given(
                new PutUser(joined(1, NOON.plusNanos(1_000))), new PutUser(ALAN), new PutUser(joined(4, NOON)),
                new PutToken(1, new Token(1, "000001", NOON, Optional.of(NOON.minusNanos(1_000)))),
                new PutToken(2, new Token(2, "1", NOON, Optional.of(NOON))),
                new PutToken(3, new Token(3, "000001", NOON, Optional.empty())),
                new PutToken(4, new Token(3, "1", NOON.plusDays(1), Optional.of(NOON))));

        assertAnswer(List.of(new Finding(Finding.Kind.USED_BEFORE_CREATED, 1, List.of(1L)),
                new Finding(Finding.Kind.CREATED_BEFORE_JOINED, 1, List.of(1L)),
                new Finding(Finding.Kind.REPEATED_CODE, 2, List.of(1L, 3L)),
                new Finding(Finding.Kind.USER_NEVER_SEEN, 1, List.of(4L))), facts -> facts.findings(THAT_DAY));
    }

    @Test
    void f10NamesNoMoreThanAnOperatorLooksInto() {
        commit(numbered(LongStream.range(0, 30).mapToObj(user -> used(100 - user, NOON, NOON.minusDays(1)))));
        LongStream.range(0, 30).forEach(user -> given(new PutUser(joined(30 - user, NOON))));
        LongStream.range(0, 30).forEach(user -> given(new PutUser(joined(100 - user, NOON.plusDays(1)))));
        var firstTwenty = LongStream.rangeClosed(1, 20).boxed().toList();

        assertAnswer(List.of(new Finding(Finding.Kind.USED_BEFORE_CREATED, 30, firstTwenty),
                new Finding(Finding.Kind.CREATED_BEFORE_JOINED, 30, firstTwenty),
                new Finding(Finding.Kind.REPEATED_CODE, 30, firstTwenty),
                new Finding(Finding.Kind.USER_NEVER_SEEN, 30, firstTwenty)), facts -> facts.findings(THAT_DAY));
    }

    @Test
    void f10AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.findings(dice.span()));
    }

    @Test
    void f11TellsWhatIsKnownOfAnId() {
        given(new PutUser(ADA), new PutUser(ALAN), new PutToken(1, token(3, NOON)));

        assertAnswer(Optional.of(Member.of(ADA)), facts -> facts.member(1, true));
        assertAnswer(Optional.of(Member.of(ALAN)), facts -> facts.member(2, true));
        assertAnswer(Optional.of(Member.of(ALAN).withoutName()), facts -> facts.member(2, false));
        assertAnswer(Optional.of(Member.unknown(3)), facts -> facts.member(3, true));
        assertAnswer(Optional.empty(), facts -> facts.member(NOBODY, true));
    }

    @Test
    void f11KnowsNobodyWhoseIdIsNoneThatTheStoreCanHold() {
        given(new PutUser(ADA), new PutToken(1, used(1, NOON, NOON)));

        assertThat(LongStream.of(Long.MIN_VALUE, Integer.MAX_VALUE + 2L, (1L << 32) + 1, Long.MAX_VALUE).boxed())
                .allSatisfy(id -> assertAnswer(Optional.empty(), facts -> facts.member(id, true)))
                .allSatisfy(id -> assertThat(visitsOf(id, Question.ALWAYS, Optional.empty())).isEmpty());
    }

    @Test
    void f11AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.member(dice.userId(), dice.coin()));
    }

    @Test
    void f12TellsTheLatestVisitFirst() {
        given(
                new PutToken(1, used(1, NOON.plusHours(1), NOON)),
                new PutToken(9, used(1, NOON, NOON.plusDays(1))),
                new PutToken(10, used(1, NOON, NOON.minusDays(1))),
                new PutToken(11, token(1, NOON)),
                new PutToken(12, used(2, NOON, NOON)),
                new PutToken(13, used(1, NOON.plusDays(1), NOON)));
        var visits = List.of(
                new Visit(1, NOON.plusHours(1), NOON), new Visit(10, NOON, NOON.minusDays(1)), new Visit(9, NOON, NOON.plusDays(1)));

        assertThat(visitsOf(1, THAT_DAY, Optional.empty())).isEqualTo(visits);
        assertThat(visitsOf(1, THAT_DAY, Optional.of(new VisitPosition(NOON, 10)))).isEqualTo(visits.subList(2, 3));
        assertThat(visitsOf(1, THAT_DAY, Optional.of(new VisitPosition(NOON, 9)))).isEmpty();
    }

    @Test
    void f12HandsOutAnyNumberOfVisits() {
        commit(numbered(LongStream.range(0, MANY).mapToObj(minute -> used(1, NOON.plusMinutes(minute), NOON))));

        assertThat(visitsOf(1, Question.ALWAYS, Optional.empty()))
                .extracting(Visit::tokenId)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, MANY).boxed().toList().reversed());
    }

    @Test
    void f12AgreesWithTheDomainThroughoutRandomHistories() {
        assertAgreement(dice -> Question.visits(dice.userId(), dice.span(), dice.visitPosition(), dice.most()));
    }

    /** Asks some questions of each state, and has the domain answer the same. */
    private void assertAgreement(Function<Dice, Question> draw) {
        RandomHistory.replay(this::commit, contents -> {
            var dice = new Dice(contents);
            assertAgreement(Stream.generate(() -> draw.apply(dice)).limit(QUESTIONS).toList(), contents);
        });
    }

    private void assertAgreement(List<Question> questions, Contents contents) {
        assertAsked(facts -> assertThat(questions).allSatisfy(question -> assertThat(question.ask().apply(facts))
                .as(question.what())
                .isEqualTo(question.ask().apply(contents.facts()))));
    }

    private void assertAgreementIn(String zone, String time) {
        var skipped = LocalDateTime.parse(time);
        var changes = List.<Change>of(new PutUser(joined(1, skipped)), new PutToken(1, used(1, skipped, skipped)));
        commit(changes);

        inZone(zone, () -> assertAgreement(Question.ofEachKind(1), Contents.NOTHING.after(changes)));
    }

    private <T> void assertAnswer(T expected, Function<Facts, T> question) {
        T answer = ledger().converse(question);
        assertThat(answer).isEqualTo(expected);
    }

    /** Asks, and may assert inside: what fails there comes out. */
    private void assertAsked(Consumer<Facts> questions) {
        ledger().converse(facts -> {
            questions.accept(facts);
            return true;
        });
    }

    /** Throws in the midst of the questions, and in that of an answer. */
    private void assertLetOut(Throwable failure) {
        assertThat(catchThrowable(() -> ledger().converse(facts -> {
            facts.usage(Question.ALWAYS);
            throw sneaky(failure);
        }))).isSameAs(failure);
        assertThat(catchThrowable(() -> assertAsked(facts -> facts.memberVisits(all(Order.ID), member -> {
            throw sneaky(failure);
        })))).isSameAs(failure);
    }

    private static RuntimeException sneaky(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    static List<Object> answers(Facts facts) {
        return answers(Question.ofEachKind(1), facts);
    }

    private static List<Object> answers(List<Question> questions, Facts facts) {
        return questions.stream().map(question -> question.ask().apply(facts)).toList();
    }

    private Usage usageOf(LocalDateTime from, LocalDateTime to) {
        return ledger().converse(facts -> facts.usage(new TimeSpan(from, to)));
    }

    private List<MemberVisits> membersOf(MemberQuestion question) {
        return ledger().converse(facts -> Question.read(Question.ALL, reader -> facts.memberVisits(question, reader)));
    }

    private List<Long> idsOf(MemberQuestion question) {
        return membersOf(question).stream().map(visits -> visits.member().userId()).toList();
    }

    private List<VisitDays> visitDays(TimeSpan span, OptionalLong afterUser) {
        return ledger().converse(facts -> Question.read(Question.ALL, reader -> facts.visitDays(FOUR, span, afterUser, true, reader)));
    }

    private List<Visit> visitsOf(long userId, TimeSpan span, Optional<VisitPosition> before) {
        return ledger().converse(facts -> Question.read(Question.ALL, reader -> facts.visits(userId, span, before, reader)));
    }

    private static MemberQuestion all(Order order) {
        return upTo(OptionalLong.empty(), Optional.empty(), order);
    }

    private static MemberQuestion upTo(OptionalLong tokenId, Optional<MemberPosition> after, Order order) {
        return new MemberQuestion(Optional.empty(), Counted.ISSUED, Optional.empty(), 1, order, tokenId, after, true);
    }

    private static MemberQuestion withoutNames(MemberQuestion question) {
        return new MemberQuestion(question.span(), question.count(), question.isActive(), question.leastVisits(), question.order(),
                question.upTo(), question.after(), false);
    }
}
