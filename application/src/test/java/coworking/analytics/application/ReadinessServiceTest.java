package coworking.analytics.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.only;
import static org.mockito.Mockito.verify;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.TokenLedger;
import org.junit.jupiter.api.Test;

class ReadinessServiceTest {

    private final UnavailableException down = new UnavailableException("the database does not answer",
            new IllegalStateException("refused"));

    private final TokenLedger ledger = mock(TokenLedger.class);
    private final ReadinessService readiness = new ReadinessService(ledger);

    @Test
    void isReadyWhereTheLedgerIsReadableAndAsksForNoTally() {
        readiness.ensureReady();

        verify(ledger, only()).ensureReadable();
    }

    @Test
    void asksForNoTallyWhereTheLedgerIsNotReadableEither() {
        doThrow(down).when(ledger).ensureReadable();

        assertThatThrownBy(readiness::ensureReady).isInstanceOf(UnavailableException.class);
        verify(ledger, never()).dayCounts();
        verify(ledger, never()).userCounts();
    }

    @Test
    void isNotReadyForTheReasonTheLedgerGives() {
        doThrow(down).when(ledger).ensureReadable();

        var failure = catchThrowableOfType(UnavailableException.class, readiness::ensureReady);
        assertThat(failure.reason()).isEqualTo("the database does not answer");
        assertThat(failure).hasMessage("the database does not answer").isSameAs(down);
    }

    @Test
    void isReadyAgainAsSoonAsTheLedgerIsReadable() {
        doThrow(down).doNothing().when(ledger).ensureReadable();

        assertThatThrownBy(readiness::ensureReady).isInstanceOf(UnavailableException.class);
        readiness.ensureReady();
    }

    @Test
    void isNoLongerReadyAsSoonAsTheLedgerIsNot() {
        doNothing().doThrow(down).when(ledger).ensureReadable();

        readiness.ensureReady();
        assertThatThrownBy(readiness::ensureReady).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aMistakeIsNotMistakenForAnUnavailableLedger() {
        var mistake = new IllegalArgumentException("no such table");
        doThrow(mistake).when(ledger).ensureReadable();

        assertThatThrownBy(readiness::ensureReady).isSameAs(mistake);
    }
}
