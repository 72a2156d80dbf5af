package coworking.analytics.domain;

import static coworking.analytics.domain.Examples.span;
import static coworking.analytics.domain.Examples.unused;
import static coworking.analytics.domain.Examples.visit;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisitTest {

    private static final TimeSpan HOUR = span("2024-05-06T12:00:00", "2024-05-06T13:00:00");

    @Test
    void comesLatestFirstAndWithTheHighestIdFirstWhereSeveralWereAtOnce() {
        var tokens = Map.of(
                9L, visit(1, "2024-05-06T12:30:00"), 10L, visit(1, "2024-05-06T12:30:00"), 1L, visit(1, "2024-05-06T12:31:00"),
                11L, visit(1, "2024-05-06T12:29:59.999999"));

        assertThat(Visit.of(tokens, 1, HOUR)).extracting(Visit::tokenId).containsExactly(1L, 10L, 9L, 11L);
    }

    @Test
    void isAUsedTokenOfThatUserWithinTheSpan() {
        var tokens = Map.of(
                1L, visit(1, "2024-05-06T12:00:00"), 2L, visit(1, "2024-05-06T13:00:00"), 3L, visit(1, "2024-05-06T11:59:59.999999"),
                4L, visit(2, "2024-05-06T12:30:00"), 5L, unused(1, "2024-05-06T12:30:00"));

        assertThat(Visit.of(tokens, 1, HOUR))
                .containsExactly(new Visit(1, LocalDateTime.parse("2024-05-06T12:00:00"), LocalDateTime.parse("2024-05-06T11:59:00")));
    }

    @Test
    void makesAVisitorOfEachUserWhoHasOneWithinTheSpan() {
        var tokens = List.of(
                visit(1, "2024-05-06T12:00:00"), visit(1, "2024-05-06T12:59:59.999999"), visit(2, "2024-05-06T12:30:00"),
                unused(3, "2024-05-06T12:30:00"), visit(4, "2024-05-06T13:00:00"), visit(5, "2024-05-06T11:59:59.999999"));

        assertThat(Visit.visitors(tokens, HOUR)).isEqualTo(2);
        assertThat(Visit.visitors(List.of(), HOUR)).isZero();
    }
}
