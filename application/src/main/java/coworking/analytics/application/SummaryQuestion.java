package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.domain.Comparison;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Stretch;
import coworking.analytics.domain.Summary;
import coworking.analytics.domain.Warnings;
import java.util.List;
import java.util.Optional;

/** Days in a few numbers. */
record SummaryQuestion(Comparison comparison) implements Question<Answer<Summary.Compared>> {

    @Override
    public Answer<Summary.Compared> ask(Conversation talk) {
        return talk.days()
                .map(days -> talk.answer(compared(talk, days), Warnings.ofSummary(days, comparison)))
                .orElseGet(() -> talk.answer(ofNothing(talk), List.of()));
    }

    private static Summary.Compared ofNothing(Conversation talk) {
        return new Summary.Compared(Summary.none(talk.present().today()), Optional.empty());
    }

    private Summary.Compared compared(Conversation talk, Days days) {
        var pair = Stretch.Pair.of(days, comparison, talk.present());
        return new Summary.Compared(summary(talk, pair.now()), pair.before().map(before -> summary(talk, before)));
    }

    private static Summary summary(Conversation talk, Stretch stretch) {
        var facts = talk.facts();
        var tallies = stretch.counted(facts.hourTallies(talk.dayStart(), stretch.days()), talk.dayStart(), facts::usage);
        var visitors = facts.visitors(List.of(stretch.span())).getFirst();
        return Summary.from(stretch.days(), tallies, visitors, facts.joined(stretch.span()));
    }
}
