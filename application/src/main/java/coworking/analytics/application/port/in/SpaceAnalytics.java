package coworking.analytics.application.port.in;

import coworking.analytics.domain.Arrivals;
import coworking.analytics.domain.Comparison;
import coworking.analytics.domain.DailySeries;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Dormancy;
import coworking.analytics.domain.Fill;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.Membership;
import coworking.analytics.domain.Metric;
import coworking.analytics.domain.RequestedDays;
import coworking.analytics.domain.Retention;
import coworking.analytics.domain.Summary;
import coworking.analytics.domain.Visit;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The questions of those who run a space: when is it busy, who stopped coming, does this month beat the last, do new members stay.
 *
 * <p>Separate from {@link UsageReports}, whose two reports are frozen as they were. Every answer is computed from one state of the ledger that
 * is no older than the question, and says so. All methods may be called by many threads at once, and throw {@link Unavailable} where
 * the ledger does not answer, and {@link TooBusy} where too many others are being answered.
 */
public interface SpaceAnalytics {

    /** A metric over time. */
    Answer<DailySeries> dailyUsage(Asked asked, Metric metric, Interval interval, Fill fill, Comparison comparison);

    /** The days in a few numbers; where no days were meant, today, on which nothing happened then. */
    Answer<Summary.Compared> summary(Asked asked, Comparison comparison);

    /**
     * When in the week members come.
     *
     * @param isAverage whether per day of that weekday, rather than in all
     */
    Answer<Arrivals> arrivals(Asked asked, boolean isAverage);

    /** How the number of members grew. */
    Answer<Membership> members(Asked asked, Interval interval);

    /**
     * Whether new members stay.
     *
     * @param cohort WEEK or MONTH
     * @param periods the greatest number of cells of a cohort, 1 to 52
     */
    Answer<Retention> retention(Asked asked, Interval cohort, int periods);

    /** What is odd about the data. */
    Answer<List<Finding>> dataQuality(Asked asked);

    /**
     * Users and their visits, a page of them.
     *
     * @throws WrongCursor where the cursor is of another question
     */
    Answer<Page<MemberVisits>> userVisits(Asked asked, VisitsQuestion question, Paging paging);

    /** The same, all of them at once, as they come out of the ledger: nothing is kept in memory. */
    void userVisits(Asked asked, VisitsQuestion question, Export<MemberVisits> export);

    /**
     * Members who stayed away for longer than their own rhythm explains, ascending by id, a page of them.
     *
     * @throws WrongCursor where the cursor is of another question
     */
    Answer<Page<Dormancy>> dormant(Asked asked, DormancyQuestion question, Paging paging);

    /** The same, all of them at once, as they are found. */
    void dormant(Asked asked, DormancyQuestion question, Export<Dormancy> export);

    /**
     * The visits of one user, the latest first, a page of them.
     *
     * @return empty where nobody has that id, neither among the users nor on a token
     * @throws WrongCursor where the cursor is of another question
     */
    Optional<Answer<VisitPage>> visitsOf(long userId, Asked asked, boolean withName, Paging paging);

    /**
     * The same, all of them at once.
     *
     * @return whether anybody has that id; else nothing was exported
     */
    boolean visitsOf(long userId, Asked asked, Export<Visit> export);

    /**
     * What every question has in common.
     *
     * @param days which days
     * @param dayStart when a day begins
     * @param now the moment of the question, on the space's wall clock
     */
    record Asked(RequestedDays days, DayStart dayStart, LocalDateTime now) {}

    /**
     * Which users, and how.
     *
     * @param countsUsed whether only used tokens are visits, rather than all
     * @param isActive only known users who are active, or who are not; empty for all
     * @param leastVisits 1 or more
     * @param order how they are sorted
     * @param withNames whether names are wanted
     */
    record VisitsQuestion(boolean countsUsed, Optional<Boolean> isActive, long leastVisits, Order order, boolean withNames) {

        /** How users are sorted; those with as many visits by their id. */
        public enum Order {
            MOST_VISITS, FEWEST_VISITS, ID
        }
    }

    /**
     * Who is dormant.
     *
     * @param factor how many times the own median gap an absence has to exceed; more than 0
     * @param leastVisits on how many days a member must have visited to have a rhythm; 2 or more
     * @param withNames whether names are wanted
     */
    record DormancyQuestion(double factor, int leastVisits, boolean withNames) {}

    /**
     * Which page.
     *
     * @param limit the greatest number of rows, 1 to 1,000
     * @param after where the page before ended, as its {@link Page#next} said; empty for the first page
     * @param withTotal whether the number of all rows is wanted, which may take longer than the page
     */
    record Paging(int limit, Optional<String> after, boolean withTotal) {}

    /**
     * A page.
     *
     * @param rows in order
     * @param next what to ask for the next page with: a few letters, digits, dots, dashes and underscores that mean nothing to anybody
     *        else; empty at the end
     * @param total how many rows there are on all pages; empty where that was not asked for
     */
    record Page<T>(List<T> rows, Optional<String> next, OptionalLong total) {

        public Page {
            rows = List.copyOf(rows);
        }
    }

    /** A page of one user's visits. */
    record VisitPage(Member member, Page<Visit> visits) {}

    /**
     * An answer and what there is to say of it.
     *
     * @param data the answer
     * @param about how it came about
     */
    record Answer<T>(T data, About about) {}

    /**
     * How an answer came about.
     *
     * @param days the days that were meant; empty where there are none, for want of a token
     * @param asOf when the ledger was asked, on the space's wall clock: everything committed before is in it
     * @param version names the state of the ledger; empty where it has no names
     * @param isFromRollup whether it came from sums that are kept, rather than from a look at the tokens
     * @param isPartial whether the last day that was meant still runs
     * @param warnings what a reader might get wrong, in whole sentences
     */
    record About(
            Optional<Days> days,
            LocalDateTime asOf,
            Optional<String> version,
            boolean isFromRollup,
            boolean isPartial,
            List<String> warnings) {

        public About {
            warnings = List.copyOf(warnings);
        }
    }

    /** Takes an answer of any length, row by row. */
    interface Export<T> {

        /** Called once: when the first row is there, or when it is clear that there is none. */
        void begin(About about);

        /** The next row. What it throws ends the export, and comes out of it. */
        void row(T row);
    }

    /** A cursor that no page of this question has given out. */
    final class WrongCursor extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Says that, and nothing of what was in it. */
        public WrongCursor() {
            super("The cursor is not one that a page of this question has given out");
        }
    }
}
