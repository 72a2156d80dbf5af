package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.domain.Arrivals;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Warnings;
import java.util.List;

/** When in the week members come. */
record ArrivalsQuestion(boolean isAverage) implements Question<Answer<Arrivals>> {

    @Override
    public Answer<Arrivals> ask(Conversation talk) {
        return talk.days()
                .map(days -> talk.answer(arrivals(talk, days), Warnings.ofArrivals(days, isAverage, talk.present())))
                .orElseGet(() -> talk.answer(Arrivals.none(isAverage), List.of()));
    }

    private Arrivals arrivals(Conversation talk, Days days) {
        return Arrivals.from(days, isAverage, talk.facts().hourTallies(talk.dayStart(), days));
    }
}
