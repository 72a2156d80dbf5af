package coworking.analytics.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import coworking.analytics.application.port.in.Unavailable;
import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.UserTallies;
import coworking.analytics.domain.UserTally;
import coworking.analytics.domain.UserVisit;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReportServiceTest {

    private static final LocalDate DAY = LocalDate.parse("2024-05-06");
    private final LedgerUnavailable down = new LedgerUnavailable("the database does not answer",
            new IllegalStateException("refused"));

    private final TokenLedger ledger = mock(TokenLedger.class);
    private final ReportService reports = new ReportService(ledger);

    @Test
    void dailyUsageCountsTheUsedTokensOfTheLedgersDays() {
        when(ledger.dayTallies()).thenReturn(List.of(new DayTally(DAY, 3, 2), new DayTally(DAY.plusDays(1), 1, 0)));

        assertThat(reports.dailyUsage().visits()).containsExactly(Map.entry(DAY, 2L));
        verify(ledger).dayTallies();
        verify(ledger, never()).userTallies();
    }

    @Test
    void userVisitsCountTheIssuedTokensOfTheLedgersUsers() {
        when(ledger.userTallies()).thenReturn(users(new UserTally(7, Optional.empty(), 3, 2)));

        assertThat(reports.userVisits()).containsExactly(new UserVisit(7, Optional.empty(), 3));
        verify(ledger).userTallies();
        verify(ledger, never()).dayTallies();
    }

    @Test
    void eachReportIsTheSameInstanceWhileTheLedgersVersionStands() {
        when(ledger.version()).thenReturn(Optional.of(new Version("1", 1)));
        when(ledger.dayTallies()).thenReturn(List.of(new DayTally(DAY, 1, 1)));
        when(ledger.userTallies()).thenReturn(users(new UserTally(7, Optional.empty(), 3, 2)));

        assertThat(reports.dailyUsage()).isSameAs(reports.dailyUsage());
        assertThat(reports.userVisits()).isSameAs(reports.userVisits());
        verify(ledger).dayTallies();
        verify(ledger).userTallies();
    }

    @Test
    void aLedgerThatCannotTellItsVersionMakesReportsUnavailable() {
        when(ledger.version()).thenThrow(down);

        assertUnavailable(catchThrowableOfType(Unavailable.class, reports::dailyUsage));
        assertUnavailable(catchThrowableOfType(Unavailable.class, reports::userVisits));
    }

    @Test
    void eachCallAsksALedgerWithoutAVersionAnew() {
        when(ledger.dayTallies()).thenReturn(List.of(new DayTally(DAY, 1, 1))).thenReturn(List.of(new DayTally(DAY, 2, 2)));

        assertThat(reports.dailyUsage().total()).isEqualTo(1);
        assertThat(reports.dailyUsage().total()).isEqualTo(2);
    }

    @Test
    void anEmptyLedgerHasEmptyReports() {
        when(ledger.dayTallies()).thenReturn(List.of());
        when(ledger.userTallies()).thenReturn(users());

        assertThat(reports.dailyUsage().visits()).isEmpty();
        assertThat(reports.userVisits()).isEmpty();
    }

    @Test
    void aLedgerThatFailsMakesReportsUnavailableForTheSameReason() {
        when(ledger.dayTallies()).thenThrow(down);
        when(ledger.userTallies()).thenThrow(down);

        assertUnavailable(catchThrowableOfType(Unavailable.class, reports::dailyUsage));
        assertUnavailable(catchThrowableOfType(Unavailable.class, reports::userVisits));
    }

    @Test
    void reportsAreAvailableAgainAsSoonAsTheLedgerIs() {
        when(ledger.dayTallies()).thenThrow(down).thenReturn(List.of(new DayTally(DAY, 1, 1)));

        assertThatThrownBy(reports::dailyUsage).isInstanceOf(Unavailable.class);
        assertThat(reports.dailyUsage().total()).isEqualTo(1);
    }

    @Test
    void aMistakeIsNotMistakenForAnUnavailableLedger() {
        var mistake = new IllegalArgumentException("Users must come in ascending order");
        when(ledger.dayTallies()).thenThrow(mistake);
        when(ledger.userTallies()).thenThrow(mistake);

        assertThatThrownBy(reports::dailyUsage).isSameAs(mistake);
        assertThatThrownBy(reports::userVisits).isSameAs(mistake);
    }

    @Test
    @Timeout(60)
    void oneReportDoesNotWaitForTheOther() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        when(ledger.dayTallies()).thenAnswer(call -> {
            asked.countDown();
            answered.await();
            return List.of();
        });
        when(ledger.userTallies()).thenReturn(users());
        var slow = new FutureTask<>(reports::dailyUsage);
        var caller = Thread.ofVirtual().start(slow);
        asked.await();

        assertThat(reports.userVisits()).isEmpty();
        assertThat(slow).isNotDone();
        answered.countDown();
        caller.join();
        assertThat(slow.resultNow().visits()).isEmpty();
    }

    private void assertUnavailable(Unavailable failure) {
        assertThat(failure.reason()).isEqualTo("the database does not answer");
        assertThat(failure).hasMessage("the database does not answer").cause().isSameAs(down);
    }

    private static UserTallies users(UserTally... tallies) {
        var users = new UserTallies.Builder();
        List.of(tallies).forEach(users::add);
        return users.build();
    }
}
