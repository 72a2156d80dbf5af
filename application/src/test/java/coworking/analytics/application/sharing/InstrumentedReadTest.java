package coworking.analytics.application.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import coworking.analytics.application.UsageReportService;
import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.ReportObserver;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.fact.DayCounts;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the hexagon tells of its answers. */
@Timeout(60)
class InstrumentedReadTest {

    private final TokenLedger ledger = mock(TokenLedger.class);
    private final ObservedEvents notes = new ObservedEvents();
    private final UsageReportService reports = new UsageReportService(ledger, notes);

    @Test
    void anAnswerIsComputedOnceAndFromMemoryWhileTheVersionStands() {
        when(ledger.version()).thenReturn(Optional.of(new LedgerVersion("1", 1)));
        reports.dailyUsage();
        reports.dailyUsage();

        assertThat(notes.told).containsExactly(
                "checked DAILY_USAGE", "DAILY_USAGE COMPUTED", "checked DAILY_USAGE", "DAILY_USAGE MEMORY");
    }

    @Test
    void aLedgerThatCannotTellIsNotChecked() {
        when(ledger.userCounts()).thenThrow(new UnavailableException("down", new IllegalStateException()));

        assertThatThrownBy(reports::userVisits).hasMessage("down");
        reports.dailyUsage();
        assertThat(notes.told).containsExactly("USER_VISITS FAILED", "DAILY_USAGE COMPUTED");
    }

    @Test
    void callersWhoWaitForOneReadShareItAndItsReaderComputesIt() throws InterruptedException {
        var reading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        when(ledger.dayCounts()).thenAnswer(first -> {
            reading.countDown();
            goOn.await();
            return List.<DayCounts>of();
        }).thenReturn(List.of());
        var first = Thread.ofVirtual().start(reports::dailyUsage);
        reading.await();
        var leader = waiter();
        var follower = waiter();
        goOn.countDown();
        for (var caller : List.of(first, leader, follower)) {
            caller.join();
        }

        assertThat(notes.told).containsExactlyInAnyOrder("waiting DAILY_USAGE", "waited", "waiting DAILY_USAGE", "waited",
                "DAILY_USAGE COMPUTED", "DAILY_USAGE COMPUTED", "DAILY_USAGE SHARED");
    }

    private Thread waiter() {
        var caller = Thread.ofVirtual().start(reports::dailyUsage);
        while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return caller;
    }

    private static final class ObservedEvents implements ReportObserver {

        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        @Override
        public void answered(OriginalReport report, AnswerSource source) {
            told.add(report + " " + source);
        }

        @Override
        public void versionChecked(OriginalReport report) {
            told.add("checked " + report);
        }

        @Override
        public Runnable waitStarted(OriginalReport report) {
            told.add("waiting " + report);
            return () -> told.add("waited");
        }
    }
}
