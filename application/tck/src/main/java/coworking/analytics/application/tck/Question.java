package coworking.analytics.application.tck;

import static java.time.LocalTime.MIDNIGHT;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Facts.Counted;
import coworking.analytics.application.port.out.Facts.MemberQuestion;
import coworking.analytics.application.port.out.Facts.Order;
import coworking.analytics.application.port.out.Facts.VisitPosition;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.TimeSpan;
import coworking.analytics.domain.Visit;
import coworking.analytics.domain.VisitDays;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that can be asked of facts, and compared with what the domain says.
 *
 * @param what the question in words, for whoever reads of a wrong answer
 * @param ask asks it; an answer that comes row by row is returned as a list
 */
record Question(String what, Function<Facts, Object> ask) {

    static final int ALL = Integer.MAX_VALUE;

    static final TimeSpan ALWAYS = new TimeSpan(LocalDateTime.MIN, LocalDateTime.MAX);

    /** One of each kind about everything there is, or about a user. */
    static List<Question> ofEachKind(long userId) {
        var dayStart = new DayStart(MIDNIGHT.plusHours(4));
        var members = new MemberQuestion(
                Optional.empty(), Counted.USED, Optional.empty(), 1, Order.MOST_VISITS, OptionalLong.empty(), Optional.empty(), true);
        return List.of(
                extent(dayStart),
                hourTallies(dayStart, new Days(LocalDate.of(0, 1, 1), LocalDate.of(10_000, 1, 1))),
                usage(ALWAYS),
                visitors(List.of(ALWAYS)),
                joins(dayStart),
                joined(ALWAYS),
                newestToken(),
                memberVisits(members, ALL),
                countMembers(members),
                visitDays(dayStart, ALWAYS, OptionalLong.empty(), true, ALL),
                cohorts(dayStart, Interval.WEEK, ALWAYS),
                findings(ALWAYS),
                member(userId, true),
                visits(userId, ALWAYS, Optional.empty(), ALL));
    }

    static Question extent(DayStart dayStart) {
        return new Question("the extent under " + dayStart, facts -> facts.extent(dayStart));
    }

    static Question hourTallies(DayStart dayStart, Days days) {
        return new Question("the hours of " + days + " under " + dayStart, facts -> facts.hourTallies(dayStart, days));
    }

    static Question usage(TimeSpan span) {
        return new Question("the usage of " + span, facts -> facts.usage(span));
    }

    static Question visitors(List<TimeSpan> spans) {
        return new Question("the visitors of " + spans, facts -> facts.visitors(spans));
    }

    static Question joins(DayStart dayStart) {
        return new Question("who joined, under " + dayStart, facts -> facts.joins(dayStart));
    }

    static Question joined(TimeSpan span) {
        return new Question("how many joined within " + span, facts -> facts.joined(span));
    }

    static Question newestToken() {
        return new Question("the newest token", Facts::newestToken);
    }

    static Question memberVisits(MemberQuestion question, int most) {
        return new Question(atMost(most) + question,
                facts -> Question.<MemberVisits>read(most, reader -> facts.memberVisits(question, reader)));
    }

    static Question countMembers(MemberQuestion question) {
        return new Question("how many there are of " + question, facts -> facts.countMembers(question));
    }

    static Question visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, int most) {
        return new Question(
                atMost(most) + "visit days within " + span + " under " + dayStart + " after user " + afterUser + ", names: " + withNames,
                facts -> Question.<VisitDays>read(most, reader -> facts.visitDays(dayStart, span, afterUser, withNames, reader)));
    }

    static Question cohorts(DayStart dayStart, Interval interval, TimeSpan span) {
        return new Question(
                "the cohorts of " + span + " by " + interval + " under " + dayStart, facts -> facts.cohorts(dayStart, interval, span));
    }

    static Question findings(TimeSpan span) {
        return new Question("what is odd within " + span, facts -> facts.findings(span));
    }

    static Question member(long userId, boolean withName) {
        return new Question("user " + userId + ", name: " + withName, facts -> facts.member(userId, withName));
    }

    static Question visits(long userId, TimeSpan span, Optional<VisitPosition> before, int most) {
        return new Question(
                atMost(most) + "visits of user " + userId + " within " + span + " before " + before,
                facts -> Question.<Visit>read(most, reader -> facts.visits(userId, span, before, reader)));
    }

    private static String atMost(int most) {
        return most == ALL ? "" : most + " of the ";
    }

    /** Wants so many rows, at least one, and is sure to be told no more. */
    static <T> List<T> read(int most, Consumer<Predicate<T>> rows) {
        var read = new ArrayList<T>();
        rows.accept(row -> {
            if (read.size() >= most) {
                throw new AssertionError("The reader had enough after " + most + " rows, and was handed another one: " + row);
            }
            read.add(row);
            return read.size() < most;
        });
        return List.copyOf(read);
    }
}
