package coworking.analytics.rest.v1;

import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.domain.report.UsageMetric;
import org.junit.jupiter.api.Test;

class MetricDescriptionTest {

    @Test
    void saysHowEachMetricIsComputedAndWhatItIsNot() {
        assertThat(MetricDefinition.values()).extracting(MetricDescription::of).allSatisfy(description -> {
            assertThat(description.formula()).isNotBlank();
            assertThat(description.caveats()).isNotEmpty().allMatch(caveat -> caveat.matches("[A-Z].*\\."));
        });
        assertThat(MetricDescription.of(UsageMetric.MEMBERS.definition()).formula()).contains("distinct user_id");
    }
}
