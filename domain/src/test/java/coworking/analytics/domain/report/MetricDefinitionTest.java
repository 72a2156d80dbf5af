package coworking.analytics.domain.report;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.fact.DataQualityIssue;
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
            assertThat(Stream.of(definition.title(), definition.unit())).noneMatch(String::isBlank);
            assertThat(definition.definition()).matches("[A-Z].*\\.");
        });
    }

    @Test
    void belongsToEachMetricAndEachFinding() {
        assertThat(UsageMetric.values()).extracting(UsageMetric::definition).doesNotHaveDuplicates();
        assertThat(DataQualityIssue.IssueKind.values()).extracting(kind -> MetricDefinition.of(kind)).doesNotHaveDuplicates();
        assertThat(UsageMetric.MEMBERS.definition()).isEqualTo(MetricDefinition.VISITING_MEMBERS);
    }
}
