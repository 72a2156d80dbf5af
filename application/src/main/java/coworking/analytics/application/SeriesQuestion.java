package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.domain.Comparison;
import coworking.analytics.domain.DailySeries;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Fill;
import coworking.analytics.domain.HourTally;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.Metric;
import coworking.analytics.domain.Timetable;
import coworking.analytics.domain.Warnings;
import java.util.List;

/** A metric over time. */
record SeriesQuestion(Metric metric, Interval interval, Fill fill, Comparison comparison) implements Question<Answer<DailySeries>> {

    @Override
    public Answer<DailySeries> ask(Conversation talk) {
        return talk.days()
                .map(days -> talk.answer(series(talk, days), Warnings.ofSeries(days, interval, fill, comparison)))
                .orElseGet(() -> talk.answer(new DailySeries(metric, interval, List.of()), List.of()));
    }

    private DailySeries series(Conversation talk, Days days) {
        return metric == Metric.MEMBERS ? members(talk, days) : tokens(talk, days);
    }

    private DailySeries tokens(Conversation talk, Days days) {
        var tallies = talk.facts().hourTallies(talk.dayStart(), days);
        var table = days.exceedTenYears() ? ofDaysIn(tallies, days, talk) : ofAll(days, talk);
        return DailySeries.ofTokens(metric, table, fill, tallies, before(talk, table));
    }

    private static List<HourTally> before(Conversation talk, Timetable table) {
        var facts = talk.facts();
        return table.allBefore()
                .map(then -> then.counted(facts.hourTallies(talk.dayStart(), then.days()), talk.dayStart(), facts::usage))
                .orElse(List.of());
    }

    private DailySeries members(Conversation talk, Days days) {
        var facts = talk.facts();
        var table = days.exceedTenYears() ? ofDaysIn(facts.hourTallies(talk.dayStart(), days), days, talk) : ofAll(days, talk);
        return DailySeries.ofMembers(table, fill, facts.visitors(table.spans()), visitorsBefore(talk, table));
    }

    private static List<Long> visitorsBefore(Conversation talk, Timetable table) {
        return table.allBefore().map(then -> talk.facts().visitors(table.spansBefore())).orElse(List.of());
    }

    private Timetable ofAll(Days days, Conversation talk) {
        return Timetable.of(days, interval, comparison, talk.present());
    }

    private Timetable ofDaysIn(List<HourTally> tallies, Days days, Conversation talk) {
        var some = tallies.stream().map(HourTally::day).toList();
        return Timetable.of(some, days, interval, comparison, talk.present());
    }
}
