package coworking.analytics.rest.v1;

import coworking.analytics.application.SpaceAnalyticsService;
import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.tck.InMemoryTokenLedger;
import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.rest.StubSpaceAnalytics;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The real thing behind the port, over a ledger in memory with everything in it that real data has. */
final class InMemorySpace {

    private static final int MEMBERS = 30;
    private static final int WEEKS = 12;

    private InMemorySpace() {}

    static SpaceAnalytics analytics() {
        return over(everything());
    }

    static SpaceAnalytics empty() {
        return over(List.of());
    }

    static SpaceAnalytics over(List<StoreChange> contents) {
        var ledger = new InMemoryTokenLedger();
        ledger.commit(contents);
        return over(ledger);
    }

    static SpaceAnalytics over(InMemoryTokenLedger ledger) {
        return new SpaceAnalyticsService(ledger, 4, 16, Duration.ofSeconds(10));
    }

    /** Half the tokens are used, some before their creation; a code comes twice, one user is unknown, and some have never come. */
    private static List<StoreChange> everything() {
        var changes = new ArrayList<StoreChange>();
        for (int member = 1; member <= MEMBERS; member++) {
            changes.add(new StoreChange.PutUser(member(member)));
        }
        for (int token = 1; token <= MEMBERS * WEEKS; token++) {
            changes.add(new StoreChange.PutToken(token, token(token)));
        }
        changes.add(new StoreChange.PutToken(-5,
                new Token(4711, "000001", StubSpaceAnalytics.NOW.minusDays(1), Optional.of(StubSpaceAnalytics.NOW))));
        return changes;
    }

    private static User member(int id) {
        var joined = StubSpaceAnalytics.NOW.minusWeeks(WEEKS).plusDays(id);
        return new User(id, new PersonName("=1+" + id, "O'Neill, \"" + id + "\"\t\r\n"),
                id % 7 == 0 ? Optional.empty() : Optional.of(joined),
                id % 5 != 0);
    }

    /** Every member comes in every {@code id % 4 + 1}th week, and those with an odd number until last month. */
    private static Token token(int number) {
        var member = number % (MEMBERS - 3) + 1;
        var week = number / MEMBERS;
        var created = StubSpaceAnalytics.NOW.minusWeeks(week % 2 == 0 || member % 2 == 0 ? week : week + 5).minusMinutes(member * 37L);
        return new Token(member, String.format(Locale.ROOT, "%06d", number), created, used(number, created));
    }

    private static Optional<LocalDateTime> used(int number, LocalDateTime created) {
        return number % 2 == 0 ? Optional.empty() : Optional.of(created.plusMinutes(number % 3 - 1));
    }
}
