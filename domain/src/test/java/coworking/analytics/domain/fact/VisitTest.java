package coworking.analytics.domain.fact;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static coworking.analytics.domain.ExampleFacts.span;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.usedAtCreation;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.time.TimeSpan;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisitTest {

    private static final TimeSpan HOUR = span("2024-05-06T12:00:00", "2024-05-06T13:00:00");

    @Test
    void comesLatestFirstAndWithTheHighestIdFirstWhereSeveralWereAtOnce() {
        var tokens = Map.of(
                9L, usedAtCreation(1, "2024-05-06T12:30:00"), 10L, usedAtCreation(1, "2024-05-06T12:30:00"), 1L,
                usedAtCreation(1, "2024-05-06T12:31:00"),
                11L, usedAtCreation(1, "2024-05-06T12:29:59.999999"));

        assertThat(Visit.of(tokens, 1, HOUR, UTC_ONLY)).extracting(Visit::tokenId).containsExactly(1L, 10L, 9L, 11L);
    }

    @Test
    void isAUsedTokenOfThatUserWithinTheSpan() {
        var tokens = Map.of(
                1L, usedAtCreation(1, "2024-05-06T12:00:00"), 2L, usedAtCreation(1, "2024-05-06T13:00:00"), 3L,
                usedAtCreation(1, "2024-05-06T11:59:59.999999"),
                4L, usedAtCreation(2, "2024-05-06T12:30:00"), 5L, unused(1, "2024-05-06T12:30:00"));

        assertThat(Visit.of(tokens, 1, HOUR, UTC_ONLY))
                .containsExactly(
                        Visit.of(1, LocalDateTime.parse("2024-05-06T12:00:00"), LocalDateTime.parse("2024-05-06T11:59:00"), UTC_ONLY));
    }

    @Test
    void makesAVisitorOfEachUserWhoHasOneWithinTheSpan() {
        var tokens = List.of(
                usedAtCreation(1, "2024-05-06T12:00:00"), usedAtCreation(1, "2024-05-06T12:59:59.999999"),
                usedAtCreation(2, "2024-05-06T12:30:00"),
                unused(3, "2024-05-06T12:30:00"), usedAtCreation(4, "2024-05-06T13:00:00"),
                usedAtCreation(5, "2024-05-06T11:59:59.999999"));

        assertThat(Visit.countVisitors(tokens, HOUR)).isEqualTo(2);
        assertThat(Visit.countVisitors(List.of(), HOUR)).isZero();
    }
}
