package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.Retention;
import coworking.analytics.domain.Warnings;
import java.util.List;

/** Whether new members stay. */
record RetentionQuestion(Interval cohort, int periods) implements Question<Answer<Retention>> {

    @Override
    public Answer<Retention> ask(Conversation talk) {
        return talk.days()
                .map(days -> talk.answer(retention(talk, days), Warnings.ofRetention(days, cohort)))
                .orElseGet(() -> talk.answer(new Retention(cohort, List.of()), List.of()));
    }

    private Retention retention(Conversation talk, Days days) {
        var span = talk.dayStart().spanOf(cohort.around(days));
        return Retention.from(cohort, periods, talk.facts().cohorts(talk.dayStart(), cohort, span), talk.present());
    }
}
