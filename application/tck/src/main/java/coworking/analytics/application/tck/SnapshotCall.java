package coworking.analytics.application.tck;

import static java.time.LocalTime.MIDNIGHT;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberOrder;
import coworking.analytics.application.port.out.LedgerSnapshot.MemberVisitsCriteria;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitDays;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.time.Instant;
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
 * A call on a snapshot, whose result can be compared with the domain's definition.
 *
 * @param description the call in words, for the message of a failed assertion
 * @param function runs the call; rows that are passed to a consumer are returned as a list
 */
record SnapshotCall(String description, Function<LedgerSnapshot, Object> function) {

    static final int NO_LIMIT = Integer.MAX_VALUE;

    static final TimeSpan ALL_TIME = new TimeSpan(LocalDateTime.MIN, LocalDateTime.MAX);

    /** One call of each method, about all data or about one user. */
    static List<SnapshotCall> ofEachMethod(long userId) {
        var dayStart = new DayStart(MIDNIGHT.plusHours(4));
        var members = new MemberVisitsCriteria(
                Optional.empty(), CountedTokens.USED, Optional.empty(), 1, MemberOrder.MOST_VISITS, OptionalLong.empty(), Optional.empty(),
                true);
        return List.of(
                extent(dayStart),
                hourCounts(dayStart, new DateRange(LocalDate.of(0, 1, 1), LocalDate.of(10_000, 1, 1))),
                tokenCounts(ALL_TIME),
                countVisitors(List.of(ALL_TIME)),
                joinCounts(dayStart),
                countJoined(ALL_TIME),
                newestTokenId(),
                memberVisits(members, NO_LIMIT),
                countMembers(members),
                visitDays(dayStart, ALL_TIME, OptionalLong.empty(), true, NO_LIMIT),
                cohortCounts(dayStart, Interval.WEEK, ALL_TIME),
                dataQualityIssues(ALL_TIME, Instant.EPOCH),
                feed(Instant.EPOCH),
                member(userId, true),
                visits(userId, ALL_TIME, Optional.empty(), NO_LIMIT));
    }

    static SnapshotCall extent(DayStart dayStart) {
        return new SnapshotCall("the extent under " + dayStart, snapshot -> snapshot.extent(dayStart));
    }

    static SnapshotCall hourCounts(DayStart dayStart, DateRange days) {
        return new SnapshotCall("the hours of " + days + " under " + dayStart, snapshot -> snapshot.hourCounts(dayStart, days));
    }

    static SnapshotCall tokenCounts(TimeSpan span) {
        return new SnapshotCall("the usage of " + span, snapshot -> snapshot.tokenCounts(span));
    }

    static SnapshotCall countVisitors(List<TimeSpan> spans) {
        return new SnapshotCall("the visitors of " + spans, snapshot -> snapshot.countVisitors(spans));
    }

    static SnapshotCall joinCounts(DayStart dayStart) {
        return new SnapshotCall("who joined, under " + dayStart, snapshot -> snapshot.joinCounts(dayStart));
    }

    static SnapshotCall countJoined(TimeSpan span) {
        return new SnapshotCall("how many joined within " + span, snapshot -> snapshot.countJoined(span));
    }

    static SnapshotCall newestTokenId() {
        return new SnapshotCall("the newest token", LedgerSnapshot::newestTokenId);
    }

    static SnapshotCall memberVisits(MemberVisitsCriteria criteria, int max) {
        return new SnapshotCall(limitText(max) + criteria,
                snapshot -> SnapshotCall.<MemberVisits>collect(max, reader -> snapshot.memberVisits(criteria, reader)));
    }

    static SnapshotCall countMembers(MemberVisitsCriteria criteria) {
        return new SnapshotCall("how many there are of " + criteria, snapshot -> snapshot.countMembers(criteria));
    }

    static SnapshotCall visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, int max) {
        return new SnapshotCall(
                limitText(max) + "visit days within " + span + " under " + dayStart + " after user " + afterUser + ", names: " + withNames,
                snapshot -> SnapshotCall.<VisitDays>collect(max,
                        reader -> snapshot.visitDays(dayStart, span, afterUser, withNames, reader)));
    }

    static SnapshotCall cohortCounts(DayStart dayStart, Interval interval, TimeSpan span) {
        return new SnapshotCall(
                "the cohorts of " + span + " by " + interval + " under " + dayStart,
                snapshot -> snapshot.cohortCounts(dayStart, interval, span));
    }

    static SnapshotCall dataQualityIssues(TimeSpan span, Instant now) {
        return new SnapshotCall("what is odd within " + span + " at " + now, snapshot -> snapshot.dataQualityIssues(span, now));
    }

    static SnapshotCall feed(Instant moment) {
        return new SnapshotCall("the feed at " + moment, snapshot -> snapshot.feed(moment));
    }

    static SnapshotCall member(long userId, boolean withName) {
        return new SnapshotCall("user " + userId + ", name: " + withName, snapshot -> snapshot.member(userId, withName));
    }

    static SnapshotCall visits(long userId, TimeSpan span, Optional<VisitPosition> before, int max) {
        return new SnapshotCall(
                limitText(max) + "visits of user " + userId + " within " + span + " before " + before,
                snapshot -> SnapshotCall.<Visit>collect(max, reader -> snapshot.visits(userId, span, before, reader)));
    }

    private static String limitText(int max) {
        return max == NO_LIMIT ? "" : max + " of the ";
    }

    /** Collects at most a number of rows, at least one, and fails if further rows are passed on. */
    static <T> List<T> collect(int max, Consumer<Predicate<T>> rows) {
        var read = new ArrayList<T>();
        rows.accept(row -> {
            if (read.size() >= max) {
                throw new AssertionError("The consumer returned false after " + max + " rows, and received another one: " + row);
            }
            read.add(row);
            return read.size() < max;
        });
        return List.copyOf(read);
    }
}
