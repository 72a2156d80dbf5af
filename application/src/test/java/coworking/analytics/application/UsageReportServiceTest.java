package coworking.analytics.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.report.UserVisitCount;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UsageReportServiceTest {

    private static final LocalDate DAY = LocalDate.parse("2024-05-06");
    private final UnavailableException down = new UnavailableException("the database does not answer",
            new IllegalStateException("refused"));

    private final TokenLedger ledger = mock(TokenLedger.class);
    private final UsageReportService reports = new UsageReportService(ledger);

    @Test
    void dailyUsageCountsTheUsedTokensOfTheLedgersDays() {
        when(ledger.dayCounts()).thenReturn(List.of(new DayCounts(DAY, 3, 2), new DayCounts(DAY.plusDays(1), 1, 0)));

        assertThat(reports.dailyUsage().visits()).containsExactly(Map.entry(DAY, 2L));
        verify(ledger).dayCounts();
        verify(ledger, never()).userCounts();
    }

    @Test
    void userVisitsCountTheIssuedTokensOfTheLedgersUsers() {
        when(ledger.userCounts()).thenReturn(users(new UserCounts(7, Optional.empty(), 3, 2)));

        assertThat(reports.userVisits()).containsExactly(new UserVisitCount(7, Optional.empty(), 3));
        verify(ledger).userCounts();
        verify(ledger, never()).dayCounts();
    }

    @Test
    void eachReportIsTheSameInstanceWhileTheLedgersVersionStands() {
        when(ledger.version()).thenReturn(Optional.of(new LedgerVersion("1", 1)));
        when(ledger.dayCounts()).thenReturn(List.of(new DayCounts(DAY, 1, 1)));
        when(ledger.userCounts()).thenReturn(users(new UserCounts(7, Optional.empty(), 3, 2)));

        assertThat(reports.dailyUsage()).isSameAs(reports.dailyUsage());
        assertThat(reports.userVisits()).isSameAs(reports.userVisits());
        verify(ledger).dayCounts();
        verify(ledger).userCounts();
    }

    @Test
    void aLedgerThatCannotTellItsVersionMakesReportsUnavailable() {
        when(ledger.version()).thenThrow(down);

        assertUnavailable(catchThrowableOfType(UnavailableException.class, reports::dailyUsage));
        assertUnavailable(catchThrowableOfType(UnavailableException.class, reports::userVisits));
    }

    @Test
    void eachCallAsksALedgerWithoutAVersionAnew() {
        when(ledger.dayCounts()).thenReturn(List.of(new DayCounts(DAY, 1, 1))).thenReturn(List.of(new DayCounts(DAY, 2, 2)));

        assertThat(reports.dailyUsage().total()).isEqualTo(1);
        assertThat(reports.dailyUsage().total()).isEqualTo(2);
    }

    @Test
    void anEmptyLedgerHasEmptyReports() {
        when(ledger.dayCounts()).thenReturn(List.of());
        when(ledger.userCounts()).thenReturn(users());

        assertThat(reports.dailyUsage().visits()).isEmpty();
        assertThat(reports.userVisits()).isEmpty();
    }

    @Test
    void aLedgerThatFailsMakesReportsUnavailableForTheSameReason() {
        when(ledger.dayCounts()).thenThrow(down);
        when(ledger.userCounts()).thenThrow(down);

        assertUnavailable(catchThrowableOfType(UnavailableException.class, reports::dailyUsage));
        assertUnavailable(catchThrowableOfType(UnavailableException.class, reports::userVisits));
    }

    @Test
    void reportsAreAvailableAgainAsSoonAsTheLedgerIs() {
        when(ledger.dayCounts()).thenThrow(down).thenReturn(List.of(new DayCounts(DAY, 1, 1)));

        assertThatThrownBy(reports::dailyUsage).isInstanceOf(UnavailableException.class);
        assertThat(reports.dailyUsage().total()).isEqualTo(1);
    }

    @Test
    void aMistakeIsNotMistakenForAnUnavailableLedger() {
        var mistake = new IllegalArgumentException("Users must come in ascending order");
        when(ledger.dayCounts()).thenThrow(mistake);
        when(ledger.userCounts()).thenThrow(mistake);

        assertThatThrownBy(reports::dailyUsage).isSameAs(mistake);
        assertThatThrownBy(reports::userVisits).isSameAs(mistake);
    }

    @Test
    @Timeout(60)
    void oneReportDoesNotWaitForTheOther() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        when(ledger.dayCounts()).thenAnswer(call -> {
            asked.countDown();
            answered.await();
            return List.of();
        });
        when(ledger.userCounts()).thenReturn(users());
        var slow = new FutureTask<>(reports::dailyUsage);
        var caller = Thread.ofVirtual().start(slow);
        asked.await();

        assertThat(reports.userVisits()).isEmpty();
        assertThat(slow).isNotDone();
        answered.countDown();
        caller.join();
        assertThat(slow.resultNow().visits()).isEmpty();
    }

    private void assertUnavailable(UnavailableException failure) {
        assertThat(failure.reason()).isEqualTo("the database does not answer");
        assertThat(failure).hasMessage("the database does not answer").isSameAs(down);
    }

    private static PackedUserCounts users(UserCounts... tallies) {
        var users = new PackedUserCounts.Builder();
        List.of(tallies).forEach(users::add);
        return users.build();
    }
}
