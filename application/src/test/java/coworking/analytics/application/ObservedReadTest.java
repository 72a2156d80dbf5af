package coworking.analytics.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.application.port.out.ReportObserver;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayTally;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the hexagon tells of its answers. */
@Timeout(60)
class ObservedReadTest {

    private final TokenLedger ledger = mock(TokenLedger.class);
    private final Notes notes = new Notes();
    private final ReportService reports = new ReportService(ledger, notes);

    @Test
    void anAnswerIsComputedOnceAndFromMemoryWhileTheVersionStands() {
        when(ledger.version()).thenReturn(Optional.of(new Version("1", 1)));
        reports.dailyUsage();
        reports.dailyUsage();

        assertThat(notes.told).containsExactly(
                "checked DAILY_USAGE", "DAILY_USAGE COMPUTED", "checked DAILY_USAGE", "DAILY_USAGE MEMORY");
    }

    @Test
    void aLedgerThatCannotTellIsNotChecked() {
        when(ledger.userTallies()).thenThrow(new LedgerUnavailable("down", new IllegalStateException()));

        assertThatThrownBy(reports::userVisits).hasMessage("down");
        reports.dailyUsage();
        assertThat(notes.told).containsExactly("USER_VISITS FAILED", "DAILY_USAGE COMPUTED");
    }

    @Test
    void callersWhoWaitForOneReadShareItAndItsReaderComputesIt() throws InterruptedException {
        var reading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        when(ledger.dayTallies()).thenAnswer(first -> {
            reading.countDown();
            goOn.await();
            return List.<DayTally>of();
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

    private static final class Notes implements ReportObserver {

        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        @Override
        public void answered(Report report, Source source) {
            told.add(report + " " + source);
        }

        @Override
        public void checked(Report report) {
            told.add("checked " + report);
        }

        @Override
        public Runnable waiting(Report report) {
            told.add("waiting " + report);
            return () -> told.add("waited");
        }
    }
}
