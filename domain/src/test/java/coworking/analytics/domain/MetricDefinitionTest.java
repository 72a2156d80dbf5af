package coworking.analytics.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricDefinitionTest {

    @Test
    void isFoundByAnIdThatFitsIntoALink() {
        assertThat(MetricDefinition.values()).extracting(MetricDefinition::id).doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z_]+"));
        assertThat(MetricDefinition.MEDIAN_GAP.id()).isEqualTo("median_gap");
    }

    @Test
    void saysAllOfIt() {
        assertThat(MetricDefinition.values()).allSatisfy(definition -> {
            assertThat(Stream.of(definition.title(), definition.formula(), definition.unit())).noneMatch(String::isBlank);
            assertThat(definition.definition()).matches("[A-Z].*\\.");
            assertThat(definition.caveats()).isNotEmpty().allMatch(caveat -> caveat.matches("[A-Z].*\\."));
        });
    }

    @Test
    void belongsToEachMetricAndEachFinding() {
        assertThat(Metric.values()).extracting(Metric::definition).doesNotHaveDuplicates();
        assertThat(Finding.Kind.values()).extracting(Finding.Kind::definition).doesNotHaveDuplicates();
        assertThat(Metric.MEMBERS.definition().formula()).contains("distinct user_id");
    }
}
