package coworking.analytics.application.port.out;

import coworking.analytics.domain.CohortTally;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.HourTally;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.JoinTally;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.TimeSpan;
import coworking.analytics.domain.Usage;
import coworking.analytics.domain.Visit;
import coworking.analytics.domain.VisitDays;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One state of a ledger, of which several things can be asked: all answers show the same state (C11).
 *
 * <p>Good for the conversation it was handed to and no longer, and for one thread: whatever is asked of it later is an
 * {@link IllegalStateException}. Every token counts for the moment of its creation. A store's infinities are the ends of the calendar, as C5
 * says. Spans may lie anywhere on the calendar, and be finer than a microsecond. All methods throw {@link LedgerUnavailable} where the store
 * does not answer, also in the midst of an answer; what a reader throws comes out as it is.
 */
public interface Facts {

    /** Where the facts came from that were handed out so far. */
    enum Source {

        /** Sums that are kept, and what changed since: as fast with many tokens as with few. */
        ROLLUP,

        /** At least some by looking at the tokens themselves. */
        SCAN
    }

    /** Where the facts came from that were handed out so far; {@code ROLLUP} where there were none. */
    Source source();

    /** The mark of this state, as {@link TokenLedger#version()} tells it; empty where the store has none. */
    Optional<Version> version();

    /** The days from that of the first token to that of the last (F1); empty where there is no token. */
    Optional<Days> extent(DayStart dayStart);

    /**
     * The tallies of these days by the hour (F2), as the domain's own {@code HourTally.of} defines them; ascending by day and hour, each once.
     */
    List<HourTally> hourTallies(DayStart dayStart, Days days);

    /** How many tokens were created within a span, to the microsecond (F3). */
    Usage usage(TimeSpan span);

    /**
     * How many different users have a used token that was created within each span (F4).
     *
     * @param spans ascending, none beginning before the one in front of it ends; any number
     * @return a count for each span, in the same order
     */
    List<Long> visitors(List<TimeSpan> spans);

    /** All known users by the day they joined (F5); ascending by day, users without one last. */
    List<JoinTally> joins(DayStart dayStart);

    /** How many of the known users joined within a span, to the microsecond (F5). */
    long joined(TimeSpan span);

    /** The highest id of a token (F6); empty where there is none. A token that is issued later has a higher one. */
    OptionalLong newestToken();

    /**
     * Goes through the users who have a token that counts (F7), in the order of the question, until {@code reader} has had enough.
     *
     * @param question which users, which of their tokens, and in which order
     * @param reader is handed one after the other and says whether it wants another one
     */
    void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader);

    /** How many users {@link #memberVisits} would hand out in all, wherever the question begins (F7). */
    long countMembers(MemberQuestion question);

    /**
     * Goes through the users who have a used token that was created within a span, ascending by id and beginning after {@code afterUser}, and
     * tells on which days they have (F8), until {@code reader} has had enough.
     */
    void visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader);

    /**
     * The cohorts of those whose first used token of all was created within a span, and how many of each had a used token in each
     * interval since (F9).
     *
     * @param interval WEEK or MONTH
     * @return ascending by cohort and period
     */
    List<CohortTally> cohorts(DayStart dayStart, Interval interval, TimeSpan span);

    /** What is odd about the tokens that were created within a span, and about users (F10): one finding of each kind, in their order. */
    List<Finding> findings(TimeSpan span);

    /** What is known of a user (F11); empty where there is neither such a user nor a token of theirs. */
    Optional<Member> member(long userId, boolean withName);

    /**
     * One user's used tokens that were created within a span (F12), the latest creation first, of those created at once the highest id
     * first, until {@code reader} has had enough.
     *
     * @param before hands out only what comes after this one in that order
     */
    void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> reader);

    /**
     * A place in the order of a user's visits.
     *
     * @param countsAt the creation of the token that was handed out last
     * @param tokenId its id
     */
    record VisitPosition(LocalDateTime countsAt, long tokenId) {}

    /**
     * Which users to hand out.
     *
     * @param span only tokens that were created within it count; empty for all
     * @param count which of them count
     * @param isActive only users who are known and active, or known and not; empty for all, known or not
     * @param leastVisits only users with at least so many; 1 or more
     * @param order by what they are ordered
     * @param upTo only tokens up to this id count, so that tokens issued later change nothing; empty for all
     * @param after only users who come after this one in that order; empty for all
     * @param withNames whether the users' names are wanted
     */
    record MemberQuestion(
            Optional<TimeSpan> span,
            Counted count,
            Optional<Boolean> isActive,
            long leastVisits,
            Order order,
            OptionalLong upTo,
            Optional<MemberPosition> after,
            boolean withNames) {}

    /** Which tokens are a user's visits. */
    enum Counted {
        ISSUED, USED
    }

    /** In which order users come. */
    enum Order {

        /** The most visits first; of users with as many, the lowest id first. */
        MOST_VISITS,

        /** The fewest visits first; of users with as many, the lowest id first. */
        FEWEST_VISITS,

        /** The lowest id first. */
        ID
    }

    /**
     * A place in an order of users.
     *
     * @param visits how many visits the user had who was handed out last
     * @param userId that user's id
     */
    record MemberPosition(long visits, long userId) {}
}
