package coworking.analytics.application.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.tck.StoreChange.Clear;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.time.SpaceClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** The hooks and helpers that all parts of the contract share. */
abstract class LedgerUnderTest {

    static final LocalDateTime NOON = LocalDateTime.parse("2024-05-06T12:00:00");
    static final LocalDate DAY = NOON.toLocalDate();

    /** The ledger under test. It may be the same one for each call, or a new one. */
    protected abstract TokenLedger ledger();

    /**
     * The clock with which the ledger was made. Subclasses may override it, to run the contract in another zone than UTC, or with a store in
     * another zone than the space.
     */
    protected SpaceClock clock() {
        return SpaceClock.UTC_ONLY;
    }

    /**
     * Applies all changes to the store, in their order and in one transaction, and returns after the commit. Called by one thread at a
     * time, and only while the store is reachable.
     */
    protected abstract void commit(List<StoreChange> changes);

    /**
     * Makes the store unreachable for the ledger, or reachable again with its contents. The subclass chooses how: a proxy that drops
     * connections, a data source that refuses, a table that is renamed. Called with {@code true} before each test.
     */
    protected abstract void setReachable(boolean reachable);

    @BeforeEach
    void clear() {
        setReachable(true);
        commit(List.of(new Clear()));
    }

    final void given(StoreChange... changes) {
        commit(List.of(changes));
    }

    final void assertUnavailable(ThrowingCallable call) {
        whileUnreachable(() -> {
            var refusal = catchThrowableOfType(UnavailableException.class, call);
            assertThat(refusal).as("refusal").isNotNull();
            assertThat(refusal.reason()).isNotBlank();
            assertThat(refusal).cause().message().as("what the store said").isNotEqualTo(refusal.reason());
        });
    }

    final void whileUnreachable(Runnable questions) {
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

    static List<StoreChange> putTokens(Stream<Token> tokens) {
        var id = new AtomicLong();
        return tokens.<StoreChange>map(token -> new PutToken(id.incrementAndGet(), token)).toList();
    }
}
