package coworking.analytics.rest;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.domain.Arrivals;
import coworking.analytics.domain.Comparison;
import coworking.analytics.domain.DailySeries;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Dormancy;
import coworking.analytics.domain.Fill;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.Membership;
import coworking.analytics.domain.Metric;
import coworking.analytics.domain.Name;
import coworking.analytics.domain.Retention;
import coworking.analytics.domain.Summary;
import coworking.analytics.domain.Usage;
import coworking.analytics.domain.Visit;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A space of a few days and users, asked in any way; writes down what it was asked. */
final class StubAnalytics implements SpaceAnalytics {

    static final LocalDateTime NOW = LocalDateTime.parse("2026-03-09T10:15:30.25");
    static final Days RANGE = new Days(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-05"));
    static final Member ADA = new Member(7, Optional.of(LocalDateTime.parse("2023-01-20T03:23:39.757813")), Optional.of(true),
            Optional.of(new Name("Ada", "=HYPERLINK(\"http://evil\")")));
    static final Member STRANGER = new Member(4711, Optional.empty(), Optional.empty(), Optional.empty());

    /** All that was asked, each as one list of words. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile About about = new About(Optional.of(RANGE), NOW, Optional.of("4711"), true, false, List.of());
    volatile List<MemberVisits> users = List.of(new MemberVisits(ADA, 9, 5), new MemberVisits(STRANGER, 6, 0));
    volatile Runnable before = () -> {};
    volatile Optional<Iterable<MemberVisits>> everybody = Optional.empty();

    private <T> Answer<T> answer(T data, Object... question) {
        asked.add(Stream.of(question).map(String::valueOf).reduce((one, other) -> one + " " + other).orElse(""));
        before.run();
        return new Answer<>(data, about);
    }

    private static String words(Asked asked) {
        return asked.days() + " " + asked.dayStart().at() + " " + asked.now();
    }

    @Override
    public Answer<DailySeries> dailyUsage(Asked asked, Metric metric, Interval interval, Fill fill, Comparison comparison) {
        var before = comparison == Comparison.NONE
                ? Optional.<DailySeries.Before>empty()
                : Optional.of(new DailySeries.Before(RANGE.earlier(7), 3));
        var points = List.of(
                new DailySeries.Point("2026-03-01", new Days(RANGE.first(), RANGE.first()), 4, before, false),
                new DailySeries.Point("2026-03-02", new Days(RANGE.first().plusDays(1), RANGE.last()), 0, Optional.empty(), true));
        return answer(new DailySeries(metric, interval, points), "daily-usage", words(asked), metric, interval, fill, comparison);
    }

    @Override
    public Answer<Summary.Compared> summary(Asked asked, Comparison comparison) {
        var now = new Summary(RANGE, new Usage(40, 20), 12, 3, Optional.of(new Summary.Peak<>(RANGE.first(), 8)),
                Optional.of(new Summary.Peak<>(9, 6)));
        var before = new Summary(RANGE.earlier(7), Usage.NONE, 0, 0, Optional.empty(), Optional.empty());
        return answer(new Summary.Compared(now, comparison == Comparison.NONE ? Optional.empty() : Optional.of(before)), "summary",
                words(asked), comparison);
    }

    @Override
    public Answer<Arrivals> arrivals(Asked asked, boolean isAverage) {
        var hours = new ArrayList<>(Collections.nCopies(24, 0.0));
        hours.set(8, 1.5);
        hours.set(9, 3.0);
        return answer(new Arrivals(isAverage, Stream.of(DayOfWeek.values()).map(day -> new Arrivals.Row(day, 2, hours)).toList()),
                "arrivals", words(asked), isAverage);
    }

    @Override
    public Answer<Membership> members(Asked asked, Interval interval) {
        return answer(new Membership(interval, 900, 75, 3, List.of(new Membership.Point("2026-03", RANGE, 12, 972, true))), "members",
                words(asked), interval);
    }

    @Override
    public Answer<Retention> retention(Asked asked, Interval cohort, int periods) {
        var cells = List.of(new Retention.Cell(0, 8, 1, true), new Retention.Cell(1, 3, 0.375, false));
        return answer(new Retention(cohort, List.of(new Retention.Cohort("2026-02", LocalDate.parse("2026-02-01"), 8, cells))), "retention",
                words(asked), cohort, periods);
    }

    @Override
    public Answer<List<Finding>> dataQuality(Asked asked) {
        return answer(List.of(new Finding(Finding.Kind.USED_BEFORE_CREATED, 3, List.of(11L, 12L, 40L)),
                new Finding(Finding.Kind.USER_NEVER_SEEN, 0, List.of())), "data-quality", words(asked));
    }

    @Override
    public Answer<Page<MemberVisits>> userVisits(Asked asked, VisitsQuestion question, Paging paging) {
        if (paging.after().filter(after -> !after.equals("second")).isPresent()) {
            throw new WrongCursor();
        }
        var isFirst = paging.after().isEmpty();
        var rows = paging.limit() >= users.size() ? users : isFirst ? users.subList(0, 1) : users.subList(1, 2);
        return answer(new Page<>(rows, rows.size() < users.size() && isFirst ? Optional.of("second") : Optional.empty(),
                paging.withTotal() ? OptionalLong.of(750) : OptionalLong.empty()), "user-visits", words(asked), question, paging);
    }

    @Override
    public void userVisits(Asked asked, VisitsQuestion question, Export<MemberVisits> export) {
        export(everybody.orElse(users), export, "all user-visits", words(asked), question);
    }

    private <T> void export(Iterable<T> rows, Export<T> export, Object... question) {
        export.begin(answer(rows, question).about());
        rows.forEach(export::row);
    }

    @Override
    public Answer<Page<Dormancy>> dormant(Asked asked, DormancyQuestion question, Paging paging) {
        return answer(new Page<>(List.of(dormant()), Optional.empty(), OptionalLong.empty()), "dormant", words(asked), question, paging);
    }

    private static Dormancy dormant() {
        return new Dormancy(ADA, 6, LocalDate.parse("2026-02-22"), 7.5, 15);
    }

    @Override
    public void dormant(Asked asked, DormancyQuestion question, Export<Dormancy> export) {
        export(List.of(dormant()), export, "all dormant", words(asked), question);
    }

    @Override
    public Optional<Answer<VisitPage>> visitsOf(long userId, Asked asked, boolean withName, Paging paging) {
        var answer = answer(new VisitPage(ADA, new Page<>(List.of(visit()), Optional.of("next"), OptionalLong.empty())), "visits of",
                userId,
                words(asked), withName, paging);
        return userId == 7 ? Optional.of(answer) : Optional.empty();
    }

    private static Visit visit() {
        return new Visit(12, LocalDateTime.parse("2026-02-22T09:10:00.12"), LocalDateTime.parse("2026-02-22T09:05:00"));
    }

    @Override
    public boolean visitsOf(long userId, Asked asked, Export<Visit> export) {
        if (userId == 7) {
            export(List.of(visit()), export, "all visits of", userId, words(asked));
        }
        return userId == 7;
    }
}
