package coworking.analytics.application.port.in;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.RequestedRange;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reports for the operators of a space: when it is busy, which members stopped coming, how this month compares with the last one, whether new
 * members stay.
 *
 * <p>{@link UsageReports} is separate because its two reports are frozen. Every report is computed from one state of the ledger that is no
 * older than the call, and its metadata names that state. All methods may be called by many threads at once. They throw
 * {@link UnavailableException} if the ledger cannot be read, and {@link TooBusyException} if too many calls are running. The parameter types
 * check their limits: their constructors throw {@link IllegalArgumentException} with a message that states what is allowed.
 */
public interface SpaceAnalytics {

    /**
     * Answers a question. Calls with equal questions, dates and days share one answer while it is being computed.
     *
     * @param question one of the queries of {@code application.query}
     */
    <T> T answer(ReportQuestion<T> question, ReportScope scope);

    /**
     * Exports all rows while they are read from the ledger, without keeping them in memory.
     *
     * @param question one of the row sources of {@code application.query}
     * @return false, without a call to the consumer, if what the rows belong to, such as a user, is unknown
     */
    <R> boolean export(RowQuestion<R> question, ReportScope scope, RowConsumer<R> consumer);

    /**
     * What a report is asked for. Questions that are equal have the same answer.
     *
     * @param <T> the answer
     */
    interface ReportQuestion<T> {}

    /**
     * Which rows are asked for. Questions that are equal have the same rows.
     *
     * @param <R> a row
     */
    interface RowQuestion<R> {}

    /**
     * The parameters that all reports share.
     *
     * @param range the requested dates; not more than {@link DateRange#LONG_RANGE_YEARS} years from a given first day to the last one
     * @param asOf the time of the call, with the start of days and the space's clock
     */
    record ReportScope(RequestedRange range, AsOf asOf) {

        public ReportScope {
            if (range instanceof FixedRange fixed) {
                var requested = fixed.resolve(asOf.today(), Optional.empty());
                require(requested.filter(DateRange::isLong).isEmpty(), "A range may have at most " + DateRange.LONG_RANGE_YEARS
                        + " years from its first day to its last, but " + fixed + " has more");
            }
        }

        /** The scope of a call at a time of UTC, in a space that lives there. */
        public ReportScope(RequestedRange range, DayStart dayStart, LocalDateTime now) {
            this(range, new AsOf(now, dayStart));
        }

        /** When a day begins. */
        public DayStart dayStart() {
            return asOf.dayStart();
        }

        /** The time of the call, on the space's wall clock. */
        public LocalDateTime now() {
            return asOf.now();
        }
    }

    /**
     * Which cohorts are reported.
     *
     * @param interval the length of a cohort's periods: WEEK or MONTH
     * @param maxPeriods the greatest number of cells of a cohort, {@link #MIN_PERIODS} to {@link #MAX_PERIODS}
     */
    record RetentionCriteria(Interval interval, int maxPeriods) {

        public static final int MIN_PERIODS = 1;
        public static final int MAX_PERIODS = 52;

        public RetentionCriteria {
            require(interval != Interval.DAY, "Cohorts are of a WEEK or a MONTH, but the interval is DAY");
            requireBetween(MIN_PERIODS, maxPeriods, MAX_PERIODS, "The number of periods");
        }
    }

    /**
     * Which users are reported, and in which order.
     *
     * @param countsUsed whether only used tokens are visits, rather than all issued tokens
     * @param isActive only known users who are active, or only those who are not; empty for all users, known or not
     * @param minVisits only users with at least this number of visits; {@link #MIN_MIN_VISITS} or more
     * @param order the order of the users
     * @param withNames whether to read the users' names
     */
    record UserVisitsCriteria(boolean countsUsed, Optional<Boolean> isActive, long minVisits, UserVisitsOrder order, boolean withNames) {

        public static final long MIN_MIN_VISITS = 1;

        public UserVisitsCriteria {
            requireBetween(MIN_MIN_VISITS, minVisits, Long.MAX_VALUE, "The least number of visits");
        }

        /** The order of users; users with the same number of visits are ordered by id. */
        public enum UserVisitsOrder {
            MOST_VISITS, FEWEST_VISITS, ID
        }
    }

    /**
     * A position in the order of users.
     *
     * @param visits the number of the user's visits
     * @param userId the user's id
     * @param maxTokenId the highest token id when the first page was read. Later tokens are ignored, since they would change the order
     */
    record UserVisitsPosition(long visits, long userId, long maxTokenId) {}

    /**
     * Which members are dormant.
     *
     * @param factor how many times the member's own median gap an absence has to exceed; more than 0, {@link #MAX_FACTOR} at most
     * @param minVisits on how many days a member must have visited to have a rhythm; {@link #MIN_MIN_VISITS} to {@link #MAX_MIN_VISITS}
     * @param withNames whether to read the members' names
     */
    record DormancyCriteria(double factor, int minVisits, boolean withNames) {

        public static final double MAX_FACTOR = 100;
        public static final int MIN_MIN_VISITS = 2;
        public static final int MAX_MIN_VISITS = 1_000;

        public DormancyCriteria {
            require(isFactor(factor), "The factor must be greater than 0 and at most " + MAX_FACTOR + ", but it is " + factor);
            requireBetween(MIN_MIN_VISITS, minVisits, MAX_MIN_VISITS, "The least number of visits");
        }

        /** Whether a number is allowed as a factor. */
        public static boolean isFactor(double factor) {
            return factor > 0 && factor <= MAX_FACTOR;
        }
    }

    /**
     * Which page to read.
     *
     * @param <P> a position in the order of the rows
     * @param limit the greatest number of rows, {@link #MIN_LIMIT} to {@link #MAX_LIMIT}
     * @param after the {@link Page#nextPageToken} of the page before, from a call with the same criteria; empty for the first page
     * @param withTotal whether to count all rows, which may take longer than the page
     */
    record PageRequest<P>(int limit, Optional<PageToken<P>> after, boolean withTotal) {

        public static final int MIN_LIMIT = 1;
        public static final int MAX_LIMIT = 1_000;

        public PageRequest {
            requireBetween(MIN_LIMIT, limit, MAX_LIMIT, "The limit of a page");
        }
    }

    /**
     * A page of rows.
     *
     * @param <R> a row
     * @param <P> a position in the order of the rows
     * @param rows in order
     * @param nextPageToken where the next page begins; empty on the last page
     * @param total the number of rows on all pages; empty unless requested
     */
    record Page<R, P>(List<R> rows, Optional<PageToken<P>> nextPageToken, OptionalLong total) {

        public Page {
            rows = List.copyOf(rows);
        }
    }

    /** A page of one user's visits. */
    record VisitsOfUser(Member member, Page<Visit, VisitPosition> visits) {}

    /**
     * A report and its metadata.
     *
     * @param data the report
     * @param metadata how it was computed
     */
    record ReportResult<T>(T data, ResultMetadata metadata) {}

    /**
     * How a report was computed.
     *
     * @param range the dates that the report covers; empty if there are none
     * @param asOf when the ledger was read: everything committed before is included. Its zone is the space's: all days, hours and times of
     *     the report are on that wall clock
     * @param version names the state of the ledger; empty if the ledger has no versions
     * @param isFromRollup whether only roll-ups were read, rather than tokens
     * @param isPartial whether the last day of the range is not over
     * @param dataUntil the latest creation of a token that is not later than the call; empty if there is none
     * @param warnings what a reader might misunderstand, in whole sentences
     */
    record ResultMetadata(
            Optional<DateRange> range,
            ZonedDateTime asOf,
            Optional<String> version,
            boolean isFromRollup,
            boolean isPartial,
            Optional<OffsetDateTime> dataUntil,
            List<String> warnings) {

        public ResultMetadata {
            warnings = List.copyOf(warnings);
        }
    }

    /** Receives a report of any length, row by row. */
    interface RowConsumer<R> {

        /** Called once: before the first row, or when it is known that there is none. */
        void begin(ResultMetadata metadata);

        /** The next row. An exception ends the export and is passed on to its caller. */
        void accept(R row);
    }

    private static void requireBetween(long min, long value, long max, String what) {
        require(value >= min && value <= max, what + " must be from " + min + " to " + max + ", but it is " + value);
    }

    private static void require(boolean isValid, String message) {
        if (!isValid) {
            throw new IllegalArgumentException(message);
        }
    }
}
