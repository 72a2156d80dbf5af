package coworking.analytics.adopter;

import coworking.analytics.application.SpaceAnalyticsService;
import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.tck.InMemoryTokenLedger;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.RequestedRange;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import coworking.analytics.domain.time.SpaceClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** A space with a ledger that is the definition, and a service that answers those who run it. */
final class SpaceFixture {

    final InMemoryTokenLedger ledger;
    final SpaceAnalytics analytics;
    private long tokens;

    SpaceFixture() {
        this(SpaceClock.UTC_ONLY);
    }

    SpaceFixture(SpaceClock clock) {
        ledger = new InMemoryTokenLedger(clock);
        analytics = new SpaceAnalyticsService(ledger, 3, 10, Duration.ofMinutes(1));
    }

    SpaceFixture joined(long userId, String joinedAt) {
        ledger.commit(List.of(new PutUser(user(userId, joinedAt, true))));
        return this;
    }

    SpaceFixture left(long userId, String joinedAt) {
        ledger.commit(List.of(new PutUser(user(userId, joinedAt, false))));
        return this;
    }

    private static User user(long userId, String joinedAt, boolean isActive) {
        return new User(userId, new PersonName("First" + userId, "Last" + userId), Optional.of(LocalDateTime.parse(joinedAt)), isActive);
    }

    /** Tokens that were used a minute before they were created. */
    SpaceFixture visited(long userId, String... createdAt) {
        for (var at : createdAt) {
            issue(userId, LocalDateTime.parse(at), true);
        }
        return this;
    }

    SpaceFixture issued(long userId, String... createdAt) {
        for (var at : createdAt) {
            issue(userId, LocalDateTime.parse(at), false);
        }
        return this;
    }

    void issue(long userId, LocalDateTime createdAt, boolean isUsed) {
        var usedAt = Optional.of(createdAt.minusMinutes(1)).filter(at -> isUsed);
        ledger.commit(List.of(new PutToken(++tokens, new Token(userId, createdAt, usedAt))));
    }

    static ReportScope scope(RequestedRange days, String now) {
        return new ReportScope(days, DayStart.MIDNIGHT, LocalDateTime.parse(now));
    }

    static ReportScope scope(String from, String to, String now) {
        return scope(new FixedRange(Optional.of(LocalDate.parse(from)), Optional.of(LocalDate.parse(to))), now);
    }
}
