package coworking.analytics.domain;

import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Users, tokens and times as careless writers leave them: nothing agrees with anything, and all of time is used. */
public final class ArbitraryHistoryDomain extends DomainContextBase {

    private static final long FIRST_SECOND = LocalDateTime.MIN.toEpochSecond(ZoneOffset.UTC);
    private static final long LAST_SECOND = LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC);
    private static final long SOME_MONDAY = LocalDateTime.parse("2024-05-06T00:00:00").toEpochSecond(ZoneOffset.UTC);

    @Provide
    Arbitrary<LocalDateTime> times() {
        var seconds = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(SOME_MONDAY, SOME_MONDAY + 3 * 86_400)),
                Tuple.of(1, Arbitraries.longs().between(FIRST_SECOND, LAST_SECOND)));
        var nanos = Arbitraries.integers().between(0, 999_999_999);
        return Combinators.combine(seconds, nanos).as((second, nano) -> LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC));
    }

    @Provide
    Arbitrary<Token> tokens() {
        return Combinators.combine(userIds(), times(), times().optional()).as(Token::new);
    }

    @Provide
    Arbitrary<List<User>> users() {
        return Combinators.combine(userIds(), times().optional()).as(User::new).list().ofMaxSize(10).uniqueElements(User::id);
    }

    private Arbitrary<Long> userIds() {
        return Arbitraries.oneOf(Arbitraries.longs().between(-3, 12), Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE));
    }
}
