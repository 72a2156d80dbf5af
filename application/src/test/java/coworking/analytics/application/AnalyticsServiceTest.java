package coworking.analytics.application;

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

import coworking.analytics.application.port.in.SpaceAnalytics.About;
import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.Export;
import coworking.analytics.application.port.in.SpaceAnalytics.Paging;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion.Order;
import coworking.analytics.application.port.in.TooBusy;
import coworking.analytics.application.port.in.Unavailable;
import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Facts.MemberQuestion;
import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.Arrivals;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.RequestedDays;
import coworking.analytics.domain.RequestedDays.Rolling;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
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
class AnalyticsServiceTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-03-10T12:00");
    private static final Optional<Days> EXTENT = Optional.of(new Days(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-09")));
    private static final VisitsQuestion QUESTION = new VisitsQuestion(false, Optional.empty(), 1, Order.MOST_VISITS, false);
    private static final Paging FIRST = new Paging(1, Optional.empty(), false);

    private final Facts facts = mock(Facts.class);
    private final TokenLedger ledger = mock(TokenLedger.class);
    private final AtomicInteger conversations = new AtomicInteger();
    private final CountDownLatch opened = new CountDownLatch(1);

    @BeforeEach
    void converse() {
        when(facts.extent(any())).thenReturn(EXTENT);
        when(facts.source()).thenReturn(Facts.Source.ROLLUP);
        when(facts.version()).thenReturn(Optional.of(new Version("a", 7)));
        when(facts.newestToken()).thenReturn(OptionalLong.of(99));
        when(ledger.converse(any())).thenAnswer(call -> {
            conversations.incrementAndGet();
            return call.<Function<Facts, ?>>getArgument(0).apply(facts);
        });
    }

    @Test
    void anAnswerCostsOneConversationAndSaysWhatItShows() {
        var about = service(1, 0).arrivals(asked(Rolling.ALL), true).about();

        assertThat(about).isEqualTo(new About(EXTENT, NOON, Optional.of("b343aa12-ec24-3459-a8ae-d4adefb943fa"), true, false, List.of()));
        assertThat(conversations).hasValue(1);
    }

    @Test
    void theFirstAndTheLastTokenAreOnlyLookedForWhereTheWordsNeedThem() {
        service(1, 0).arrivals(asked(Rolling.LAST_7_DAYS), true);
        verify(facts, never()).extent(any());

        service(1, 0).arrivals(asked(Rolling.ALL), true);
        verify(facts).extent(any());
    }

    @Test
    void aScanIsCalledAScan() {
        when(facts.source()).thenReturn(Facts.Source.SCAN);

        assertThat(service(1, 0).arrivals(asked(Rolling.ALL), true).about().isFromRollup()).isFalse();
    }

    @Test
    void callersWhoAskTheSameShareTheNextConversationWhateverTheMoment() {
        var service = service(5, 0);
        var first = heldArrivals(service);
        var crowd = Stream.iterate(NOON, now -> now.plusSeconds(1))
                .limit(20)
                .map(now -> ask(() -> service.arrivals(new Asked(Rolling.ALL, DayStart.MIDNIGHT, now), true)))
                .toList();
        crowd.forEach(caller -> awaitState(caller, Thread.State.WAITING));
        opened.countDown();

        assertThat(crowd).extracting(Caller::answer).allSatisfy(answer -> assertThat(answer).isSameAs(crowd.getFirst().answer()));
        assertThat(first.answer()).isNotSameAs(crowd.getFirst().answer());
        assertThat(conversations).hasValue(2);
    }

    @Test
    void callersWhoAskOnDifferentDaysAreAnsweredForTheirOwn() {
        var service = service(5, 0);
        var held = heldArrivals(service);
        var today = ask(() -> service.arrivals(asked(Rolling.ALL), true));
        awaitState(today, Thread.State.WAITING);
        opened.countDown();
        var tomorrow = service.arrivals(new Asked(Rolling.ALL, DayStart.MIDNIGHT, NOON.plusDays(1)), true);

        assertThat(tomorrow.about().asOf()).isEqualTo(NOON.plusDays(1));
        assertThat(Stream.of(held, today)).extracting(Caller::answer).doesNotContain(tomorrow);
    }

    @Test
    void whoFindsNeitherAPlaceNorRoomToWaitIsTooMany() {
        var service = service(1, 1);
        var inside = heldArrivals(service);
        var waiting = ask(() -> service.arrivals(asked(Rolling.LAST_7_DAYS), true));
        awaitState(waiting, Thread.State.TIMED_WAITING);

        assertThatThrownBy(() -> service.arrivals(asked(Rolling.LAST_28_DAYS), true)).isInstanceOf(TooBusy.class);
        opened.countDown();
        assertThat(Stream.of(inside, waiting).map(Caller::answer)).hasSize(2);
    }

    @Test
    void exportsLeaveAPlaceToOtherQuestions() {
        var service = service(2, 0);
        var begun = new Semaphore(0);
        handOut(1);
        var export = ask(() -> {
            service.userVisits(asked(Rolling.ALL), QUESTION, new Slow(begun));
            return true;
        });
        begun.acquireUninterruptibly();

        assertThatThrownBy(() -> service.userVisits(asked(Rolling.ALL), QUESTION, new Slow(begun))).isInstanceOf(TooBusy.class);
        assertThat(service.arrivals(asked(Rolling.ALL), false).data()).isInstanceOf(Arrivals.class);
        opened.countDown();
        export.answer();
    }

    @Test
    void anExportCountsAsAConversation() {
        var service = service(1, 0);
        var begun = new Semaphore(0);
        handOut(1);
        var export = ask(() -> {
            service.userVisits(asked(Rolling.ALL), QUESTION, new Slow(begun));
            return true;
        });
        begun.acquireUninterruptibly();

        assertThatThrownBy(() -> service.arrivals(asked(Rolling.ALL), false)).isInstanceOf(TooBusy.class);
        opened.countDown();
        export.answer();
    }

    /** Then the caller can still be told that there is none, and why. */
    @Test
    void anExportBeginsNoSoonerThanItsFirstRow() {
        var begun = new ArrayList<About>();
        var down = new LedgerUnavailable("it took too long", true, new IllegalStateException("cancelled"));
        doThrow(down).when(facts).memberVisits(any(), any());

        var failure = catchThrowableOfType(
                Unavailable.class, () -> service(1, 0).userVisits(asked(Rolling.ALL), QUESTION, new Beginnings(begun)));

        assertThat(failure.isTooSlow()).isTrue();
        assertThat(failure.reason()).isEqualTo("it took too long");
        assertThat(begun).isEmpty();
    }

    @Test
    void anExportBeginsOnceAndHasAllRows() {
        var begun = new ArrayList<About>();
        handOut(5);

        service(1, 0).userVisits(asked(Rolling.ALL), QUESTION, new Beginnings(begun));

        assertThat(begun)
                .containsExactly(new About(EXTENT, NOON, Optional.of("b343aa12-ec24-3459-a8ae-d4adefb943fa"), true, false, List.of()));
    }

    /** All tokens of all time are what a ledger has sums of: no span is to be looked at token by token. */
    @Test
    void allDaysAreNoSpanOnTheFirstPageNorOnTheNext() {
        handOut(3);
        var service = service(1, 0);
        var first = service.userVisits(asked(Rolling.ALL), QUESTION, FIRST).data();
        service.userVisits(asked(Rolling.ALL), QUESTION, new Paging(1, first.next(), false));

        var questions = ArgumentCaptor.forClass(MemberQuestion.class);
        verify(facts, times(2)).memberVisits(questions.capture(), any());
        assertThat(questions.getAllValues()).extracting(MemberQuestion::span).containsOnly(Optional.empty());
        assertThat(questions.getAllValues()).extracting(MemberQuestion::upTo).containsExactly(OptionalLong.empty(), OptionalLong.of(99));
        verify(facts, never()).countMembers(any());
    }

    @Test
    void aPageTakesOneRowMoreThanItShows() {
        var taken = handOut(5);

        var page = service(1, 0).userVisits(asked(Rolling.ALL), QUESTION, new Paging(3, Optional.empty(), false)).data();

        assertThat(page.rows()).hasSize(3);
        assertThat(page.next()).isPresent();
        assertThat(page.total()).isEmpty();
        assertThat(taken).hasValue(4);
    }

    @Test
    void theLastPageHasNoNextEvenWhereItIsFull() {
        handOut(3);

        assertThat(service(1, 0).userVisits(asked(Rolling.ALL), QUESTION, new Paging(3, Optional.empty(), false)).data().next()).isEmpty();
    }

    @Test
    void aMistakeIsNotMistakenForAnUnavailableLedger() {
        var mistake = new IllegalArgumentException("An hour is 0 to 23");
        when(facts.hourTallies(any(), any())).thenThrow(mistake);

        assertThatThrownBy(() -> service(1, 0).arrivals(asked(Rolling.ALL), true)).isSameAs(mistake);
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
    private Caller heldArrivals(AnalyticsService service) {
        var entered = new CountDownLatch(1);
        when(facts.hourTallies(any(), any())).thenAnswer(call -> {
            entered.countDown();
            opened.await();
            return List.of();
        });
        var caller = ask(() -> service.arrivals(asked(Rolling.ALL), true));
        await(entered);
        return caller;
    }

    private AnalyticsService service(int conversations, int waiting) {
        return new AnalyticsService(ledger, conversations, waiting, Duration.ofDays(1));
    }

    private static Asked asked(RequestedDays days) {
        return new Asked(days, DayStart.MIDNIGHT, NOON);
    }

    private static Caller ask(Supplier<Object> question) {
        var task = new FutureTask<>(question::get);
        return new Caller(Thread.ofPlatform().start(task), task);
    }

    private static void awaitState(Caller caller, Thread.State state) {
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

    private record Caller(Thread thread, FutureTask<Object> task) {

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
    private final class Slow implements Export<MemberVisits> {

        private final Semaphore begun;

        Slow(Semaphore begun) {
            this.begun = begun;
        }

        @Override
        public void begin(About about) {
            begun.release();
        }

        @Override
        public void row(MemberVisits row) {
            await(opened);
        }
    }

    /** Keeps what it is begun with. */
    private record Beginnings(List<About> begun) implements Export<MemberVisits> {

        @Override
        public void begin(About about) {
            begun.add(about);
        }

        @Override
        public void row(MemberVisits row) {
            assertThat(begun).hasSize(1);
        }
    }
}
