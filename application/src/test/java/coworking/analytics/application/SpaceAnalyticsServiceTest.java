package coworking.analytics.application;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.in.SpaceAnalytics.PageRequest;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.application.port.in.SpaceAnalytics.RowConsumer;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria.UserVisitsOrder;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsPosition;
import coworking.analytics.application.port.in.TooBusyException;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.query.ArrivalsQuery;
import coworking.analytics.application.query.PagedQuery;
import coworking.analytics.application.query.UserVisitsRows;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.TokenFeed;
import coworking.analytics.domain.report.Arrivals;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.RequestedRange;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;

/** What the answers are, is shown with the contract kit's ledger; this is how many conversations they cost. */
@Timeout(60)
class SpaceAnalyticsServiceTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-03-10T12:00");
    private static final OffsetDateTime DATA_UNTIL = OffsetDateTime.parse("2026-03-09T18:00Z");
    private static final Optional<DateRange> EXTENT = Optional
            .of(new DateRange(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-09")));
    private static final UserVisitsCriteria CRITERIA = new UserVisitsCriteria(false, Optional.empty(), 1, UserVisitsOrder.MOST_VISITS,
            false);
    private static final PageRequest<UserVisitsPosition> FIRST_PAGE = new PageRequest<>(1, Optional.empty(), false);

    private final LedgerSnapshot facts = mock(LedgerSnapshot.class);
    private final TokenLedger ledger = mock(TokenLedger.class);
    private final AtomicInteger conversations = new AtomicInteger();
    private final CountDownLatch opened = new CountDownLatch(1);

    @BeforeEach
    void converse() {
        when(facts.extent(any())).thenReturn(EXTENT);
        when(facts.feed(any())).thenReturn(new TokenFeed(Optional.of(DATA_UNTIL), 0, 0));
        when(facts.source()).thenReturn(LedgerSnapshot.SnapshotSource.ROLLUP);
        when(facts.version()).thenReturn(Optional.of(new LedgerVersion("a", 7)));
        when(facts.newestTokenId()).thenReturn(OptionalLong.of(99));
        when(ledger.withSnapshot(any())).thenAnswer(call -> {
            conversations.incrementAndGet();
            return call.<Function<LedgerSnapshot, ?>>getArgument(0).apply(facts);
        });
    }

    @Test
    void anAnswerCostsOneConversationAndSaysWhatItShows() {
        var about = service(1, 0).answer(new ArrivalsQuery(true), scope(NamedRange.ALL)).metadata();

        assertThat(about)
                .isEqualTo(new ResultMetadata(EXTENT, NOON.atZone(UTC_ONLY.space()), Optional.of("b343aa12-ec24-3459-a8ae-d4adefb943fa"),
                        true, false, Optional.of(DATA_UNTIL), List.of()));
        assertThat(conversations).hasValue(1);
    }

    @Test
    void theFirstAndTheLastTokenAreOnlyLookedForWhereTheWordsNeedThem() {
        service(1, 0).answer(new ArrivalsQuery(true), scope(NamedRange.LAST_7_DAYS));
        verify(facts, never()).extent(any());

        service(1, 0).answer(new ArrivalsQuery(true), scope(NamedRange.ALL));
        verify(facts).extent(any());
    }

    @Test
    void aScanIsCalledAScan() {
        when(facts.source()).thenReturn(LedgerSnapshot.SnapshotSource.SCAN);

        assertThat(service(1, 0).answer(new ArrivalsQuery(true), scope(NamedRange.ALL)).metadata().isFromRollup()).isFalse();
    }

    @Test
    void callersWhoAskTheSameShareTheNextConversationWhateverTheMoment() {
        var service = service(5, 0);
        var first = heldArrivals(service);
        var crowd = Stream.iterate(NOON, now -> now.plusSeconds(1))
                .limit(20)
                .map(now -> ask(() -> service.answer(new ArrivalsQuery(true), new ReportScope(NamedRange.ALL, DayStart.MIDNIGHT, now))))
                .toList();
        crowd.forEach(caller -> awaitState(caller, Thread.State.WAITING));
        opened.countDown();

        assertThat(crowd).extracting(ServiceCaller::answer).allSatisfy(answer -> assertThat(answer).isSameAs(crowd.getFirst().answer()));
        assertThat(first.answer()).isNotSameAs(crowd.getFirst().answer());
        assertThat(conversations).hasValue(2);
    }

    @Test
    void callersWhoAskOnDifferentDaysAreAnsweredForTheirOwn() {
        var service = service(5, 0);
        var held = heldArrivals(service);
        var today = ask(() -> service.answer(new ArrivalsQuery(true), scope(NamedRange.ALL)));
        awaitState(today, Thread.State.WAITING);
        opened.countDown();
        var tomorrow = service.answer(new ArrivalsQuery(true), new ReportScope(NamedRange.ALL, DayStart.MIDNIGHT, NOON.plusDays(1)));

        assertThat(tomorrow.metadata().asOf()).isEqualTo(NOON.plusDays(1).atZone(UTC_ONLY.space()));
        assertThat(Stream.of(held, today)).extracting(ServiceCaller::answer).doesNotContain(tomorrow);
    }

    @Test
    void whoFindsNeitherAPlaceNorRoomToWaitIsTooMany() {
        var service = service(1, 1);
        var inside = heldArrivals(service);
        var waiting = ask(() -> service.answer(new ArrivalsQuery(true), scope(NamedRange.LAST_7_DAYS)));
        awaitState(waiting, Thread.State.TIMED_WAITING);

        assertThatThrownBy(() -> service.answer(new ArrivalsQuery(true), scope(NamedRange.LAST_28_DAYS)))
                .isInstanceOf(TooBusyException.class);
        opened.countDown();
        assertThat(Stream.of(inside, waiting).map(ServiceCaller::answer)).hasSize(2);
    }

    @Test
    void exportsLeaveAPlaceToOtherQuestions() {
        var service = service(2, 0);
        var begun = new Semaphore(0);
        handOut(1);
        var export = ask(() -> {
            service.export(new UserVisitsRows(CRITERIA), scope(NamedRange.ALL), new SlowConsumer(begun));
            return true;
        });
        begun.acquireUninterruptibly();

        assertThatThrownBy(() -> service.export(new UserVisitsRows(CRITERIA), scope(NamedRange.ALL), new SlowConsumer(begun)))
                .isInstanceOf(TooBusyException.class);
        assertThat(service.answer(new ArrivalsQuery(false), scope(NamedRange.ALL)).data()).isInstanceOf(Arrivals.class);
        opened.countDown();
        export.answer();
    }

    @Test
    void anExportCountsAsAConversation() {
        var service = service(1, 0);
        var begun = new Semaphore(0);
        handOut(1);
        var export = ask(() -> {
            service.export(new UserVisitsRows(CRITERIA), scope(NamedRange.ALL), new SlowConsumer(begun));
            return true;
        });
        begun.acquireUninterruptibly();

        assertThatThrownBy(() -> service.answer(new ArrivalsQuery(false), scope(NamedRange.ALL))).isInstanceOf(TooBusyException.class);
        opened.countDown();
        export.answer();
    }

    /** Then the caller can still be told that there is none, and why. */
    @Test
    void anExportBeginsNoSoonerThanItsFirstRow() {
        var begun = new ArrayList<ResultMetadata>();
        var down = new UnavailableException("it took too long", true, new IllegalStateException("cancelled"));
        doThrow(down).when(facts).memberVisits(any(), any());

        var failure = catchThrowableOfType(
                UnavailableException.class,
                () -> service(1, 0).export(new UserVisitsRows(CRITERIA), scope(NamedRange.ALL), new MetadataRecorder(begun)));

        assertThat(failure.isTimeout()).isTrue();
        assertThat(failure.reason()).isEqualTo("it took too long");
        assertThat(begun).isEmpty();
    }

    @Test
    void anExportBeginsOnceAndHasAllRows() {
        var begun = new ArrayList<ResultMetadata>();
        handOut(5);

        service(1, 0).export(new UserVisitsRows(CRITERIA), scope(NamedRange.ALL), new MetadataRecorder(begun));

        assertThat(begun)
                .containsExactly(
                        new ResultMetadata(EXTENT, NOON.atZone(UTC_ONLY.space()), Optional.of("b343aa12-ec24-3459-a8ae-d4adefb943fa"), true,
                                false, Optional.of(DATA_UNTIL), List.of()));
    }

    /** All tokens of all time are what a ledger has sums of: no span is to be looked at token by token. */
    @Test
    void allDaysAreNoSpanOnTheFirstPageNorOnTheNext() {
        handOut(3);
        var service = service(1, 0);
        var first = service.answer(new PagedQuery<>(new UserVisitsRows(CRITERIA), FIRST_PAGE), scope(NamedRange.ALL)).data();
        service.answer(new PagedQuery<>(new UserVisitsRows(CRITERIA), new PageRequest<>(1, first.nextPageToken(), false)),
                scope(NamedRange.ALL));

        var questions = ArgumentCaptor.forClass(MemberVisitsCriteria.class);
        verify(facts, times(2)).memberVisits(questions.capture(), any());
        assertThat(questions.getAllValues()).extracting(MemberVisitsCriteria::span).containsOnly(Optional.empty());
        assertThat(questions.getAllValues()).extracting(MemberVisitsCriteria::maxTokenId).containsExactly(OptionalLong.empty(),
                OptionalLong.of(99));
        verify(facts, never()).countMembers(any());
    }

    @Test
    void aPageTakesOneRowMoreThanItShows() {
        var taken = handOut(5);

        var page = service(1, 0).answer(new PagedQuery<>(new UserVisitsRows(CRITERIA), new PageRequest<>(3, Optional.empty(), false)),
                scope(NamedRange.ALL)).data();

        assertThat(page.rows()).hasSize(3);
        assertThat(page.nextPageToken()).isPresent();
        assertThat(page.total()).isEmpty();
        assertThat(taken).hasValue(4);
    }

    @Test
    void theLastPageHasNoNextEvenWhereItIsFull() {
        handOut(3);

        assertThat(service(1, 0)
                .answer(new PagedQuery<>(new UserVisitsRows(CRITERIA), new PageRequest<>(3, Optional.empty(), false)),
                        scope(NamedRange.ALL))
                .data()
                .nextPageToken()).isEmpty();
    }

    @Test
    void aMistakeIsNotMistakenForAnUnavailableLedger() {
        var mistake = new IllegalArgumentException("An hour is 0 to 23");
        when(facts.hourCounts(any(), any())).thenThrow(mistake);

        assertThatThrownBy(() -> service(1, 0).answer(new ArrivalsQuery(true), scope(NamedRange.ALL))).isSameAs(mistake);
    }

    /** So many users, each with one visit; the number of them that the reader took is returned. */
    private AtomicInteger handOut(int users) {
        var taken = new AtomicInteger();
        doAnswer(call -> {
            Predicate<MemberVisits> reader = call.getArgument(1);
            taken.set(0);
            var goesOn = true;
            for (var user = 1; goesOn && user <= users; user++) {
                taken.incrementAndGet();
                goesOn = reader.test(new MemberVisits(new Member(user, Optional.empty(), Optional.empty(), Optional.empty()), 1, 0));
            }
            return null;
        }).when(facts).memberVisits(any(), any());
        return taken;
    }

    /** A caller in the middle of a conversation that goes on when the latch is opened. */
    private ServiceCaller heldArrivals(SpaceAnalyticsService service) {
        var entered = new CountDownLatch(1);
        when(facts.hourCounts(any(), any())).thenAnswer(call -> {
            entered.countDown();
            opened.await();
            return List.of();
        });
        var caller = ask(() -> service.answer(new ArrivalsQuery(true), scope(NamedRange.ALL)));
        await(entered);
        return caller;
    }

    private SpaceAnalyticsService service(int conversations, int waiting) {
        return new SpaceAnalyticsService(ledger, conversations, waiting, Duration.ofDays(1));
    }

    private static ReportScope scope(RequestedRange days) {
        return new ReportScope(days, DayStart.MIDNIGHT, NOON);
    }

    private static ServiceCaller ask(Supplier<Object> question) {
        var task = new FutureTask<>(question::get);
        return new ServiceCaller(Thread.ofPlatform().start(task), task);
    }

    private static void awaitState(ServiceCaller caller, Thread.State state) {
        while (caller.thread().getState() != state) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private record ServiceCaller(Thread thread, FutureTask<Object> task) {

        Object answer() {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            return task.resultNow();
        }
    }

    /** Reads a row for as long as the latch is closed. */
    private final class SlowConsumer implements RowConsumer<MemberVisits> {

        private final Semaphore begun;

        SlowConsumer(Semaphore begun) {
            this.begun = begun;
        }

        @Override
        public void begin(ResultMetadata about) {
            begun.release();
        }

        @Override
        public void accept(MemberVisits row) {
            await(opened);
        }
    }

    /** Keeps what it is begun with. */
    private record MetadataRecorder(List<ResultMetadata> begun) implements RowConsumer<MemberVisits> {

        @Override
        public void begin(ResultMetadata about) {
            begun.add(about);
        }

        @Override
        public void accept(MemberVisits row) {
            assertThat(begun).hasSize(1);
        }
    }
}
