package coworking.analytics.rest.v1;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.tck.InMemoryTokenLedger;
import coworking.analytics.application.tck.StoreChange;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.RemoveToken;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Walks from page to page while the data change. */
class PageWalkTest {

    private static final String USERS = "/api/v1/reports/user-visits?count=used&limit=2&sort=";

    /** How many tokens each user used, and how many were issued to each. */
    private static final int[][] COUNTS = {{5, 5}, {4, 4}, {3, 5}, {1, 1}};

    private final InMemoryTokenLedger ledger = new InMemoryTokenLedger();
    private final TestServer server = new TestServer(InMemorySpace.over(ledger));

    @BeforeEach
    void fill() {
        var changes = new ArrayList<StoreChange>();
        for (var user = 1; user <= COUNTS.length; user++) {
            changes.add(new StoreChange.PutUser(new User(user, new PersonName("A", "B"), Optional.of(StubSpaceAnalytics.NOW), true)));
            for (var number = 1; number <= COUNTS[user - 1][1]; number++) {
                changes.add(token(user, number, number <= COUNTS[user - 1][0]));
            }
        }
        ledger.commit(changes);
    }

    private static PutToken token(int user, int number, boolean isUsed) {
        var created = StubSpaceAnalytics.NOW.minusDays(20 - number);
        return new PutToken(10L * user + number,
                new Token(user, "00000" + user, created, isUsed ? Optional.of(created) : Optional.empty()));
    }

    /** Sets the times of use of codes that were issued before. */
    private void useAllCodesOfUser3() {
        ledger.commit(List.of(token(3, 4, true), token(3, 5, true)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-visits", "visits", "id"})
    void aPageOfOtherDataThanTheFirstPageSaysSo(String sort) {
        var first = get(USERS + sort);
        useAllCodesOfUser3();
        var second = get(first.at("/links/next").asString());

        assertThat(first.at("/meta/warnings")).isEmpty();
        assertThat(second.at("/meta/version")).isNotEqualTo(first.at("/meta/version"));
        assertThat(second.at("/meta/warnings").get(0).asString())
                .startsWith("The data have changed since the first page, whose version was " + first.at("/meta/version").asString() + ". ");
    }

    @Test
    void aLaterPageIsComparedWithTheFirstOneNotWithTheOneBefore() {
        ledger.commit(List.of(token(5, 1, true), token(6, 1, true)));
        var first = get(USERS + "id");
        useAllCodesOfUser3();
        var second = get(first.at("/links/next").asString());
        var third = get(second.at("/links/next").asString());

        assertThat(third.at("/meta/version")).isEqualTo(second.at("/meta/version"));
        assertThat(third.at("/meta/warnings").get(0).asString()).contains(first.at("/meta/version").asString());
    }

    @Test
    void aWalkOverDataThatStayHasNoWarning() {
        var second = get(get(USERS + "-visits").at("/links/next").asString());
        assertThat(second.at("/meta/warnings")).isEmpty();
    }

    @Test
    void inTheOrderByIdEachUserComesOnceWhateverChanges() {
        var first = get(USERS + "id");
        ledger.commit(List.of(token(3, 4, true), new RemoveToken(12), new RemoveToken(13), new RemoveToken(14)));
        var second = get(first.at("/links/next").asString());

        assertThat(users(first)).containsExactly(1L, 2L);
        assertThat(users(second)).containsExactly(3L, 4L);
        assertThat(second.at("/links/next").isMissingNode()).isTrue();
    }

    private static List<Long> users(JsonNode page) {
        return page.get("data").valueStream().map(row -> row.get("user_id").asLong()).toList();
    }

    private JsonNode get(String path) {
        var answer = server.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
