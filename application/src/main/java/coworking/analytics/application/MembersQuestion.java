package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.domain.Comparison;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.JoinTally;
import coworking.analytics.domain.Membership;
import coworking.analytics.domain.Timetable;
import coworking.analytics.domain.Warnings;
import java.time.LocalDate;
import java.util.List;

/** How the number of members grew. */
record MembersQuestion(Interval interval) implements Question<Answer<Membership>> {

    @Override
    public Answer<Membership> ask(Conversation talk) {
        var joins = talk.facts().joins(talk.dayStart());
        return answer(talk.within(JoinTally.extentOf(joins)), joins);
    }

    private Answer<Membership> answer(Conversation talk, List<JoinTally> joins) {
        var membership = talk.days()
                .map(days -> Membership.from(table(talk, days, joins), joins))
                .orElseGet(() -> Membership.none(interval, joins));
        return talk.answer(membership, Warnings.ofMembership(talk.days(), membership));
    }

    private Timetable table(Conversation talk, Days days, List<JoinTally> joins) {
        return days.exceedTenYears()
                ? Timetable.of(daysOf(joins), days, interval, Comparison.NONE, talk.present())
                : Timetable.of(days, interval, Comparison.NONE, talk.present());
    }

    private static List<LocalDate> daysOf(List<JoinTally> joins) {
        return joins.stream().flatMap(tally -> tally.day().stream()).toList();
    }
}
