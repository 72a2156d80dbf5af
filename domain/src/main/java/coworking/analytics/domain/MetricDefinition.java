package coworking.analytics.domain;

import static java.util.Locale.ROOT;

import java.util.List;

/**
 * What each number of a report means: the catalogue, in the order in which it is read. Every definition stands here and nowhere else;
 * reports link to it by its {@link #id}.
 */
public enum MetricDefinition {

    USED_TOKENS(
            "Used tokens",
            "The door codes of a time that have opened the door, whenever they did.",
            "count of tokens with used_at, by created_at",
            "tokens",
            Caveat.CREATION,
            "There is no check-out: this counts arrivals, never how many people are in the space.",
            "A code counts once, even if its holder came in and out with it many times."),

    ISSUED_TOKENS(
            "Issued tokens",
            "The door codes that were created in a time, used or not.",
            "count of tokens, by created_at",
            "tokens",
            "A code that nobody used is in it: it tells of plans to come rather than of arrivals."),

    SHARE_USED(
            "Share used",
            "Which part of the issued tokens was used.",
            "used_tokens / issued_tokens",
            "share, 0 to 1",
            "There is none where no token was issued.",
            "Tokens of the last hours may still be used, so the newest shares tend to rise."),

    VISITING_MEMBERS(
            "Visiting members",
            "The different people with at least one used token in a time.",
            "count of distinct user_id of tokens with used_at, by created_at",
            "members",
            Caveat.CREATION,
            "It does not add up: who comes on two days of a week is one member of the week. So there is no total.",
            "A token of a user who is not in the users table counts, for somebody of that id."),

    NEW_MEMBERS(
            "New members",
            "The known users who joined in a time.",
            "count of users, by joined_at",
            "members",
            "Users whose date of joining was never recorded are in no time."),

    BUSIEST_DAY(
            "Busiest day",
            "The day with the most used tokens; of several, the earliest.",
            "day with the greatest used_tokens",
            "day",
            "There is none where no token was used.",
            "A day lasts from one day_start to the next."),

    BUSIEST_HOUR(
            "Busiest hour",
            "The hour of the wall clock with the most used tokens, all days taken together; of several, the earliest.",
            "hour from 0 to 23 with the greatest sum of used_tokens",
            "hour",
            "There is none where no token was used.",
            Caveat.CREATION),

    ARRIVALS(
            "Arrivals",
            "The used tokens by weekday and hour of the wall clock: in all, or per day of that weekday.",
            "used_tokens by weekday of the day and hour of created_at; for the average, divided by the number of such days in the range",
            "tokens, or tokens per day",
            Caveat.CREATION,
            "An hour before day_start belongs to the weekday of the day before.",
            "In the average, a day that still runs, or has yet to come, counts as a whole day."),

    JOINED_MEMBERS(
            "Joined members",
            "The known users who joined in an interval.",
            "count of users, by joined_at",
            "members",
            "Users whose date of joining was never recorded are in no interval.",
            "Users who were deleted since are not known any more."),

    CUMULATIVE_MEMBERS(
            "Cumulative members",
            "The known users who joined in an interval or before it.",
            "count of users with joined_at before the end of the interval",
            "members",
            "It never falls: when a member became inactive was not written down.",
            "Users whose date of joining was never recorded are not in it."),

    ACTIVE_MEMBERS(
            "Active members",
            "The known users who are marked as active at the moment of the question; all others are inactive.",
            "count of users with is_active",
            "members",
            "It is a state of now, whatever days were asked for: there is no history of it."),

    RETENTION(
            "Retention",
            "Of the members whose first visit ever was in the same week or month, the share who visited in that one and in each one after it.",
            "members of the cohort with a used token in the period / members of the cohort",
            "share, 0 to 1",
            Caveat.CREATION,
            "A cohort is always that of a whole week or month; the days that were asked for choose cohorts and do not cut them.",
            "A period that is not complete can only grow.",
            "A member who stays away for a period and comes again is missing in that period only."),

    DORMANT_MEMBERS(
            "Dormant members",
            "Members who have been away for longer than their own rhythm explains.",
            "days since the last visit day > factor x median_gap, of members with at least min_visits visit days",
            "members",
            Caveat.CREATION,
            "Dormant is not gone: nobody wrote down when a membership ended.",
            "Only visits in the range are looked at, for the rhythm and for the last one. Where it ends before today, absences last until its "
                    + "last day."),

    MEDIAN_GAP(
            "Median gap",
            "A member's own rhythm: how many days usually pass from one visit day to the next.",
            "median of the differences between neighbouring visit days; of an even number, the mean of the middle two",
            "days",
            "A day with several visits is one visit day, so the gap is at least 1."),

    USER_VISITS(
            "Visits of a user",
            "How many tokens of a time one user has: all that were issued, or those that were used.",
            "count of tokens per user_id, by created_at",
            "tokens",
            "By default all issued tokens count, as they do in the report of the first version.",
            "Whether a user is active is a state of now.",
            "Pages show the tokens that were there when the first page was asked for, and what was still being written then as soon as it is: who "
                    + "rises meanwhile in an order by visits may be missed. An export is of one moment."),

    DATA_QUALITY(
            "Data quality",
            "What in the tables a reader of the reports should know of: how many rows are odd in one way, and some of their ids.",
            "count of rows, and the lowest ids, at most 20",
            "rows",
            "None of it is left out of any report."),

    USED_BEFORE_CREATED(
            "Used before created",
            "Tokens that were used before they were created.",
            "count of tokens with used_at < created_at, by created_at",
            "tokens",
            "In some installations this is true of every used token: the clocks of door and database differ."),

    CREATED_BEFORE_JOINED(
            "Created before joined",
            "Tokens that were created before their user joined.",
            "count of tokens with created_at < joined_at of their user, by created_at",
            "tokens",
            "Tokens of users without a date of joining are not in it."),

    REPEATED_CODES(
            "Repeated codes",
            "Tokens with a code that another token of the same days has as well.",
            "count of tokens whose code more than one token of the days has, by created_at",
            "tokens",
            "There are but a million codes: over a long time most of them come again, and more days have more repetition."),

    USERS_NEVER_SEEN(
            "Users never seen",
            "Known users without any token, used or not.",
            "count of users without a token",
            "users",
            "It looks at all of time, whatever days were asked for.");

    private final String title;
    private final String definition;
    private final String formula;
    private final String unit;
    private final String caveats;

    MetricDefinition(String title, String definition, String formula, String unit, String... caveats) {
        this.title = title;
        this.definition = definition;
        this.formula = formula;
        this.unit = unit;
        this.caveats = String.join("\n", caveats);
    }

    /** By what others refer to it: lower case letters and underscores. */
    public String id() {
        return name().toLowerCase(ROOT);
    }

    /** What it is called. */
    public String title() {
        return title;
    }

    /** What it counts, in whole sentences. */
    public String definition() {
        return definition;
    }

    /** How it is computed, in the words of the tables and of other definitions. */
    public String formula() {
        return formula;
    }

    /** In what it is counted. */
    public String unit() {
        return unit;
    }

    /** What a reader might get wrong, in whole sentences; at least one. */
    public List<String> caveats() {
        return caveats.lines().toList();
    }

    /** What is said of more than one. */
    private static final class Caveat {

        static final String CREATION = "A visit counts for the moment at which its token was created, not for that of its use, as in the report of the "
                + "first version; so all reports add up with each other.";
    }
}
