package coworking.analytics.application.port.out;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.domain.fact.CohortCounts;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.JoinCounts;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.fact.TokenFeed;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitDays;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One state of a ledger. All methods show the same state (C11).
 *
 * <p>A snapshot is valid within the call of {@link TokenLedger#withSnapshot} that provided it, and for one thread; later calls throw
 * {@link IllegalStateException}. Every token counts at the moment of its creation. A ledger has a {@link SpaceClock}: all days,
 * hours and spans are on the space's wall clock, and a token counts for what that clock showed. A store's infinities are the ends of the
 * calendar, as C5 says. Spans may lie anywhere on the calendar, and may be finer than a microsecond. All methods throw {@link UnavailableException} if the
 * store cannot be read, even after some rows were passed on. Exceptions of a consumer are passed on as they are.
 */
public interface LedgerSnapshot {

    /** Where facts are read from. */
    enum SnapshotSource {

        /** From roll-ups and the changes since: as fast with many tokens as with few. */
        ROLLUP,

        /** At least in part from the tokens themselves. */
        SCAN
    }

    /** Where the facts read so far came from; {@code ROLLUP} if none were read. */
    SnapshotSource source();

    /** The version of this state, as {@link TokenLedger#version()} returns it; empty if the store has none. */
    Optional<LedgerVersion> version();

    /**
     * The dates from the day of the first token to the day of the last (F1), of those that were created on a {@linkplain DateRange#CALENDAR
     * plausible date}; empty if there is no such token.
     */
    Optional<DateRange> extent(DayStart dayStart);

    /** The counts of these dates by the hour (F2), as defined by {@code HourCounts.of}; ascending by day and hour, each once. */
    List<HourCounts> hourCounts(DayStart dayStart, DateRange range);

    /** The number of tokens that were created within a span, to the microsecond (F3). The span may be cut at a moment. */
    TokenCounts tokenCounts(TimeSpan span);

    /**
     * The number of different users with a used token that was created within each span (F4).
     *
     * @param spans any number, ascending; a span does not begin before the end of the previous one. Each may be cut at a moment
     * @return one number for each span, in the same order
     */
    List<Long> countVisitors(List<TimeSpan> spans);

    /** All known users by the day they joined (F5); ascending by day, users without one last. */
    List<JoinCounts> joinCounts(DayStart dayStart);

    /** The number of known users who joined within a span, to the microsecond (F5). The span may be cut at a moment. */
    long countJoined(TimeSpan span);

    /** The highest id of a token (F6); empty if there is none. Tokens that are issued later have higher ids. */
    OptionalLong newestTokenId();

    /**
     * Reads the users who have a token that counts (F7), in the requested order, until the consumer returns false.
     *
     * @param criteria which users, which of their tokens, and in which order
     * @param consumer receives the users one by one, and returns whether to read the next one
     */
    void memberVisits(MemberVisitsCriteria criteria, Predicate<MemberVisits> consumer);

    /** The number of users that match the criteria, before and after the position where {@link #memberVisits} begins (F7). */
    long countMembers(MemberVisitsCriteria criteria);

    /**
     * Reads the days with a used token of each user who has one that was created within a span (F8), ascending by user id and after
     * {@code afterUser}, until the consumer returns false.
     */
    void visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> consumer);

    /**
     * The cohorts of the users whose first used token ever was created within a span, with the number of members of each cohort who had a
     * used token in each interval since (F9).
     *
     * @param interval WEEK or MONTH
     * @return ascending by cohort and period
     */
    List<CohortCounts> cohortCounts(DayStart dayStart, Interval interval, TimeSpan span);

    /**
     * The data quality issues of the tokens that were created within a span, and of users (F10): one of each kind, in their order.
     *
     * @param now the time of the call
     */
    List<DataQualityIssue> dataQualityIssues(TimeSpan span, Instant now);

    /** What is known of a user (F11); empty if neither a user nor a token has that user id. */
    Optional<Member> member(long userId, boolean withName);

    /**
     * Reads one user's used tokens that were created within a span (F12), the latest creation first and the highest id first among equal
     * creations, until the consumer returns false.
     *
     * @param after reads only the visits after this position in that order
     */
    void visits(long userId, TimeSpan span, Optional<VisitPosition> after, Predicate<Visit> consumer);

    /** How far the tokens reach at a moment (F13). Each report asks this, so it has to be fast. */
    TokenFeed feed(Instant moment);

    /**
     * Which users to read.
     *
     * @param span only tokens that were created within it count; empty for all tokens
     * @param countedTokens which of them count
     * @param isActive only known users who are active, or only those who are not; empty for all users, known or not
     * @param minVisits only users with at least this number of visits; 1 or more
     * @param order the order of the users
     * @param maxTokenId only tokens up to this id count, so that later tokens change nothing; empty for all tokens
     * @param after only users after this position in the order; empty for all users
     * @param withNames whether to read the users' names
     */
    record MemberVisitsCriteria(
            Optional<TimeSpan> span,
            CountedTokens countedTokens,
            Optional<Boolean> isActive,
            long minVisits,
            MemberOrder order,
            OptionalLong maxTokenId,
            Optional<MemberPosition> after,
            boolean withNames) {}

    /** Which tokens are a user's visits. */
    enum CountedTokens {
        ISSUED, USED
    }

    /** The order of users. */
    enum MemberOrder {

        /** The most visits first; among equals, the lowest id first. */
        MOST_VISITS,

        /** The fewest visits first; among equals, the lowest id first. */
        FEWEST_VISITS,

        /** The lowest id first. */
        ID
    }

    /**
     * A position in an order of users.
     *
     * @param visits the number of visits of the user at this position
     * @param userId that user's id
     */
    record MemberPosition(long visits, long userId) {}
}
