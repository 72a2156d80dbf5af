package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.SpaceAnalyticsService;
import coworking.analytics.application.tck.InMemoryTokenLedger;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.rest.AnalyticsApi;
import coworking.analytics.rest.StubUsageReports;
import coworking.analytics.rest.TestServer;
import coworking.analytics.rest.spi.ExchangeObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A space in Los Angeles, whose tables are on UTC: it is Monday afternoon there, and Tuesday at UTC. */
class TimeZoneTest {

    private static final SpaceClock CLOCK = SpaceClock.of(ZoneId.of("UTC"), ZoneId.of("America/Los_Angeles"));
    private static final LocalDateTime CREATED = LocalDateTime.parse("2026-12-01T00:19:00");

    private final TestServer server = new TestServer(StubUsageReports.typical(), () -> {}, ExchangeObserver.NONE,
            new AnalyticsApi(analytics(), () -> Instant.parse("2026-12-01T00:19:30.5Z"), CLOCK, Optional.empty()));

    private static SpaceAnalyticsService analytics() {
        var ledger = new InMemoryTokenLedger(CLOCK);
        ledger.commit(List.of(new PutUser(new User(1, Optional.of(LocalDateTime.parse("2026-08-01T06:30:00")))),
                new PutToken(1, new Token(1, CREATED, Optional.of(CREATED.plusSeconds(1))))));
        return new SpaceAnalyticsService(ledger, 4, 16, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void daysAndHoursAreThoseOfTheSpace() {
        assertThat(get("reports/daily-usage?range=7d&format=csv")).contains("\r\n2026-11-30,2026-11-30,2026-11-30,1,")
                .doesNotContain("2026-12-01");
        assertThat(get("reports/arrivals?range=7d&format=csv"))
                .contains("\r\nmonday,1," + "0,".repeat(16) + "1," + "0,".repeat(6) + "0\r\n");
        assertThat(get("reports/summary?range=7d")).contains("\"from\":\"2026-11-24\",\"to\":\"2026-11-30\"", "\"used\":1");
    }

    @Test
    void timesHaveTheirOffsetAndTheAnswerNamesTheZone() {
        assertThat(get("users/1/visits")).contains(
                "\"created_at\":\"2026-11-30T16:19:00-08:00\",\"used_at\":\"2026-11-30T16:19:01-08:00\"",
                "\"joined_at\":\"2026-07-31T23:30:00-07:00\"",
                "\"as_of\":\"2026-11-30T16:19:30.500000-08:00\"",
                "\"time_zone\":\"America/Los_Angeles\"");
    }

    private String get(String path) {
        return new String(server.get("/api/v1/" + path).body(), UTF_8);
    }
}
