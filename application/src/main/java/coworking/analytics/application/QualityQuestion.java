package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.TimeSpan;
import java.util.List;

/** What is odd about the data. */
record QualityQuestion() implements Question<Answer<List<Finding>>> {

    @Override
    public Answer<List<Finding>> ask(Conversation talk) {
        return talk.answer(talk.facts().findings(span(talk)), List.of());
    }

    /** Without days no token is looked at, but users are all the same. */
    private static TimeSpan span(Conversation talk) {
        var now = talk.asked().now();
        return talk.days().map(talk.dayStart()::spanOf).orElse(new TimeSpan(now, now));
    }
}
