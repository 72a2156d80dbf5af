package coworking.analytics.adopter;

import coworking.analytics.application.AnalyticsService;
import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.tck.Change.PutToken;
import coworking.analytics.application.tck.Change.PutUser;
import coworking.analytics.application.tck.InMemoryTokenLedger;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Name;
import coworking.analytics.domain.RequestedDays;
import coworking.analytics.domain.RequestedDays.Between;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.User;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** A space with a ledger that is the definition, and a service that answers those who run it. */
final class Space {

    final InMemoryTokenLedger ledger = new InMemoryTokenLedger();
    final SpaceAnalytics analytics = new AnalyticsService(ledger, 3, 10, Duration.ofMinutes(1));
    private long tokens;

    Space joined(long userId, String joinedAt) {
        ledger.commit(List.of(new PutUser(user(userId, joinedAt, true))));
        return this;
    }

    Space left(long userId, String joinedAt) {
        ledger.commit(List.of(new PutUser(user(userId, joinedAt, false))));
        return this;
    }

    private static User user(long userId, String joinedAt, boolean isActive) {
        return new User(userId, new Name("First" + userId, "Last" + userId), Optional.of(LocalDateTime.parse(joinedAt)), isActive);
    }

    /** Tokens that were used a minute before they were created. */
    Space visited(long userId, String... createdAt) {
        for (var at : createdAt) {
            issue(userId, LocalDateTime.parse(at), true);
        }
        return this;
    }

    Space issued(long userId, String... createdAt) {
        for (var at : createdAt) {
            issue(userId, LocalDateTime.parse(at), false);
        }
        return this;
    }

    void issue(long userId, LocalDateTime createdAt, boolean isUsed) {
        var usedAt = Optional.of(createdAt.minusMinutes(1)).filter(at -> isUsed);
        ledger.commit(List.of(new PutToken(++tokens, new Token(userId, createdAt, usedAt))));
    }

    static Asked asked(RequestedDays days, String now) {
        return new Asked(days, DayStart.MIDNIGHT, LocalDateTime.parse(now));
    }

    static Asked asked(String from, String to, String now) {
        return asked(new Between(Optional.of(LocalDate.parse(from)), Optional.of(LocalDate.parse(to))), now);
    }
}
