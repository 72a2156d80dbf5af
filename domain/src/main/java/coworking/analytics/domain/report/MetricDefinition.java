package coworking.analytics.domain.report;

import static java.util.Locale.ROOT;

import coworking.analytics.domain.fact.DataQualityIssue.IssueKind;

/**
 * What each number of a report means, in the order of the catalogue. Reports refer to a definition by its {@link #id}. How an interface
 * describes the metric further, in its own words, is up to that interface.
 */
public enum MetricDefinition {

    USED_TOKENS(
            "Used tokens",
            "The door codes of a time that have opened the door, whenever they did.",
            "tokens"),

    ISSUED_TOKENS(
            "Issued tokens",
            "The door codes that were created in a time, used or not.",
            "tokens"),

    SHARE_USED(
            "Share used",
            "Which part of the issued tokens was used.",
            "share, 0 to 1"),

    VISITING_MEMBERS(
            "Visiting members",
            "The different people with at least one used token in a time.",
            "members"),

    NEW_MEMBERS(
            "New members",
            "The known users who joined in a time.",
            "members"),

    BUSIEST_DAY(
            "Busiest day",
            "The day with the most used tokens; of several, the earliest.",
            "day"),

    BUSIEST_HOUR(
            "Busiest hour",
            "The hour of the wall clock with the most used tokens, all days taken together; of several, the earliest.",
            "hour"),

    ARRIVALS(
            "Arrivals",
            "The used tokens by weekday and hour of the wall clock: in all, or per day of that weekday.",
            "tokens, or tokens per day"),

    JOINED_MEMBERS(
            "Joined members",
            "The known users who joined in an interval.",
            "members"),

    CUMULATIVE_MEMBERS(
            "Cumulative members",
            "The known users who joined in an interval or before it.",
            "members"),

    ACTIVE_MEMBERS(
            "Active members",
            "The known users who are marked as active at the moment of the question; all others are inactive.",
            "members"),

    RETENTION(
            "Retention",
            "Of the members whose first visit ever was in the same week or month, the share who visited in that one and in each one after it.",
            "share, 0 to 1"),

    DORMANT_MEMBERS(
            "Dormant members",
            "Members who have been away for longer than their own rhythm explains.",
            "members"),

    MEDIAN_GAP(
            "Median gap",
            "A member's own rhythm: how many days usually pass from one visit day to the next.",
            "days"),

    USER_VISITS(
            "Visits of a user",
            "How many tokens of a time one user has: all that were issued, or those that were used.",
            "tokens"),

    COMPARISON(
            "Comparison",
            "The same metric of earlier days. Whole months are compared with as many whole months, days 1 to n of a month with days 1 to n of "
                    + "another, and any other days with as many days. A day that still runs is compared with as much time as has passed of it.",
            "as the metric"),

    DATA_QUALITY(
            "Data quality",
            "What in the tables a reader of the reports should know of: how many rows are odd in one way, and some of their ids.",
            "rows"),

    USED_BEFORE_CREATED(
            "Used before created",
            "Tokens that were used before they were created.",
            "tokens"),

    CREATED_BEFORE_JOINED(
            "Created before joined",
            "Tokens that were created before their user joined.",
            "tokens"),

    REPEATED_CODES(
            "Repeated codes",
            "Tokens with a code that another token of the same days has as well.",
            "tokens"),

    USERS_NEVER_SEEN(
            "Users never seen",
            "Known users without any token, used or not.",
            "users"),

    CREATED_AHEAD_OF_NOW(
            "Created ahead of now",
            "Tokens that are dated later than the moment of the question.",
            "tokens"),

    IMPLAUSIBLE_TOKEN_DATES(
            "Implausible token dates",
            "Tokens that were created or used in a year before 1 or after 9999.",
            "tokens"),

    IMPLAUSIBLE_JOIN_DATES(
            "Implausible join dates",
            "Known users who joined in a year before 1 or after 9999.",
            "users");

    private final String title;
    private final String definition;
    private final String unit;

    MetricDefinition(String title, String definition, String unit) {
        this.title = title;
        this.definition = definition;
        this.unit = unit;
    }

    /** The definition of a kind of data quality issue. */
    public static MetricDefinition of(IssueKind kind) {
        return switch (kind) {
            case USED_BEFORE_CREATED -> USED_BEFORE_CREATED;
            case CREATED_BEFORE_JOINED -> CREATED_BEFORE_JOINED;
            case REPEATED_CODE -> REPEATED_CODES;
            case USER_NEVER_SEEN -> USERS_NEVER_SEEN;
            case CREATED_AHEAD -> CREATED_AHEAD_OF_NOW;
            case IMPLAUSIBLE_TOKEN_DATE -> IMPLAUSIBLE_TOKEN_DATES;
            case IMPLAUSIBLE_JOIN_DATE -> IMPLAUSIBLE_JOIN_DATES;
        };
    }

    /** The name by which reports and interfaces refer to it: lower case letters and underscores. */
    public String id() {
        return name().toLowerCase(ROOT);
    }

    /** Its name for readers. */
    public String title() {
        return title;
    }

    /** What it counts, in whole sentences. */
    public String definition() {
        return definition;
    }

    /** Its unit. */
    public String unit() {
        return unit;
    }
}
