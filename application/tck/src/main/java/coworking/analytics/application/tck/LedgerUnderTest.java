package coworking.analytics.application.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.Change.Clear;
import coworking.analytics.application.tck.Change.PutToken;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.User;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** What every part of the contract needs of a ledger and its store. */
abstract class LedgerUnderTest {

    static final LocalDateTime NOON = LocalDateTime.parse("2024-05-06T12:00:00");
    static final LocalDate DAY = NOON.toLocalDate();

    /** The ledger under test. Always the same one, or a new one for each call: both are checked alike. */
    protected abstract TokenLedger ledger();

    /**
     * Makes all these changes to the store, in their order and in one transaction, and returns when it is committed. Called by one
     * thread at a time, and only while the store is reachable.
     */
    protected abstract void commit(List<Change> changes);

    /**
     * Takes the store away from the ledger, or gives it back with all that it held. How is the subclass's choice: a proxy that drops
     * connections, a data source that refuses, a table that is renamed. Called with {@code true} before each test.
     */
    protected abstract void setReachable(boolean reachable);

    @BeforeEach
    void beginWithNothing() {
        setReachable(true);
        commit(List.of(new Clear()));
    }

    final void given(Change... changes) {
        commit(List.of(changes));
    }

    final void assertRefused(ThrowingCallable question) {
        unreachably(() -> {
            var refusal = catchThrowableOfType(LedgerUnavailable.class, question);
            assertThat(refusal).as("refusal").isNotNull();
            assertThat(refusal.reason()).isNotBlank();
            assertThat(refusal).cause().message().as("what the store said").isNotEqualTo(refusal.reason());
        });
    }

    final void unreachably(Runnable questions) {
        setReachable(false);
        try {
            questions.run();
        } finally {
            setReachable(true);
        }
    }

    static void inZone(String zone, Runnable questions) {
        var home = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            questions.run();
        } finally {
            TimeZone.setDefault(home);
        }
    }

    static Token token(long userId, LocalDateTime createdAt) {
        return new Token(userId, createdAt, Optional.empty());
    }

    static Token used(long userId, LocalDateTime createdAt, LocalDateTime usedAt) {
        return new Token(userId, createdAt, Optional.of(usedAt));
    }

    static User joined(long userId, LocalDateTime joinedAt) {
        return new User(userId, Optional.of(joinedAt));
    }

    static List<Change> numbered(Stream<Token> tokens) {
        var id = new AtomicLong();
        return tokens.<Change>map(token -> new PutToken(id.incrementAndGet(), token)).toList();
    }
}
