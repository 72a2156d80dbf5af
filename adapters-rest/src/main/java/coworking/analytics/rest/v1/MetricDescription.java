package coworking.analytics.rest.v1;

import coworking.analytics.domain.report.MetricDefinition;
import java.util.List;

/**
 * What the API says of a metric beyond its {@linkplain MetricDefinition definition}, in the words of parameters and columns.
 *
 * @param formula how it is computed
 * @param caveats what a reader might misunderstand, in whole sentences; at least one
 */
record MetricDescription(String formula, List<String> caveats) {

    private static final String CREATION = "A visit counts for the moment at which its token was created, not for that of its use, as in the report of the "
            + "first version; so all reports add up with each other.";

    static MetricDescription of(MetricDefinition metric) {
        return switch (metric) {
            case USED_TOKENS -> new MetricDescription(
                    "count of tokens with used_at, by created_at",
                    List.of(
                            CREATION,
                            "There is no check-out: this counts arrivals, never how many people are in the space.",
                            "A code counts once, even if its holder came in and out with it many times."));
            case ISSUED_TOKENS -> new MetricDescription(
                    "count of tokens, by created_at",
                    List.of(
                            "A code that nobody used is in it: it tells of plans to come rather than of arrivals."));
            case SHARE_USED -> new MetricDescription(
                    "100 x used_tokens / issued_tokens, rounded to two digits",
                    List.of(
                            "There is none where no token was issued.",
                            "Tokens of the last hours may still be used, so the newest shares tend to rise."));
            case VISITING_MEMBERS -> new MetricDescription(
                    "count of distinct user_id of tokens with used_at, by created_at",
                    List.of(
                            CREATION,
                            "It does not add up: who comes on two days of a week is one member of the week. So there is no total.",
                            "A token of a user who is not in the users table counts, for somebody of that id."));
            case NEW_MEMBERS -> new MetricDescription(
                    "count of users, by joined_at",
                    List.of(
                            "Users whose date of joining was never recorded are in no time."));
            case BUSIEST_DAY -> new MetricDescription(
                    "day with the greatest used_tokens",
                    List.of(
                            "There is none where no token was used.",
                            "A day lasts from one day_start to the next."));
            case BUSIEST_HOUR -> new MetricDescription(
                    "hour from 0 to 23 with the greatest sum of used_tokens",
                    List.of(
                            "There is none where no token was used.",
                            CREATION));
            case ARRIVALS -> new MetricDescription(
                    "used_tokens by weekday of the day and hour of created_at; for the average, divided by the number of such days in the range",
                    List.of(
                            CREATION,
                            "An hour before day_start belongs to the weekday of the day before.",
                            "In the average, a day that still runs, or has yet to come, counts as a whole day.",
                            "In the average, an hour that the space's clock skipped or showed twice is divided by the times that it was shown."));
            case JOINED_MEMBERS -> new MetricDescription(
                    "count of users, by joined_at",
                    List.of(
                            "Users whose date of joining was never recorded are in no interval.",
                            "Users who were deleted since are not known any more."));
            case CUMULATIVE_MEMBERS -> new MetricDescription(
                    "count of users with joined_at before the end of the interval",
                    List.of(
                            "It never falls: when a member became inactive was not written down.",
                            "Users whose date of joining was never recorded are not in it."));
            case ACTIVE_MEMBERS -> new MetricDescription(
                    "count of users with is_active",
                    List.of(
                            "It is a state of now, whatever days were asked for: there is no history of it."));
            case RETENTION -> new MetricDescription(
                    "100 x members of the cohort with a used token in the period / members of the cohort, rounded to two digits",
                    List.of(
                            CREATION,
                            "A cohort is always that of a whole week or month; the days that were asked for choose cohorts and do not cut them.",
                            "A period that is not complete can only grow.",
                            "A member who stays away for a period and comes again is missing in that period only."));
            case DORMANT_MEMBERS -> new MetricDescription(
                    "days since the last visit day > factor x median_gap, of members with at least min_visits visit days",
                    List.of(
                            CREATION,
                            "Dormant is not gone: nobody wrote down when a membership ended.",
                            "Only visits in the range are looked at, for the rhythm and for the last one. Where it ends before today, absences last until its "
                                    + "last day."));
            case MEDIAN_GAP -> new MetricDescription(
                    "median of the differences between neighbouring visit days; of an even number, the mean of the middle two",
                    List.of(
                            "A day with several visits is one visit day, so the gap is at least 1."));
            case USER_VISITS -> new MetricDescription(
                    "count of tokens per user_id, by created_at",
                    List.of(
                            "By default all issued tokens count, as they do in the report of the first version.",
                            "Whether a user is active is a state of now.",
                            "Pages show the tokens that were there when the first page was asked for, and what was still being written then as soon as it is: who "
                                    + "rises meanwhile in an order by visits may be missed. An export is of one moment."));
            case COMPARISON -> new MetricDescription(
                    "the same metric over the days that compare selects; change_percent is 100 x (value - before) / before, rounded to two digits",
                    List.of(
                            "With previous, whole months, and days 1 to n of a month, are compared by months, as few back as keep both sides apart; with interval=day "
                                    + "or week, and all other days, by whole weeks, so that weekdays match; a single day is compared with the one before.",
                            "The mode week goes seven days back, month one month (28 days with interval=week), and year 364 days, or twelve months where months are "
                                    + "compared.",
                            "Whole months may have another number of days; a day that another month does not have becomes its last day.",
                            "Where a day still runs, both sides end at the same time of it, and tokens that are dated later than now are in neither.",
                            "Where the comparison begins before the data do, a warning says so; nothing is compared with dates before the year 1.",
                            "There is no change where nothing was before."));
            case DATA_QUALITY -> new MetricDescription(
                    "count of rows, and the lowest ids, at most 20",
                    List.of(
                            "None of it is left out of any report."));
            case USED_BEFORE_CREATED -> new MetricDescription(
                    "count of tokens with used_at < created_at, by created_at",
                    List.of(
                            "In some installations this is true of every used token: the clocks of door and database differ."));
            case CREATED_BEFORE_JOINED -> new MetricDescription(
                    "count of tokens with created_at < joined_at of their user, by created_at",
                    List.of(
                            "Tokens of users without a date of joining are not in it."));
            case REPEATED_CODES -> new MetricDescription(
                    "count of tokens whose code more than one token of the days has, by created_at",
                    List.of(
                            "There are but a million codes: over a long time most of them come again, and more days have more repetition."));
            case USERS_NEVER_SEEN -> new MetricDescription(
                    "count of users without a token",
                    List.of(
                            "It looks at all of time, whatever days were asked for."));
            case CREATED_AHEAD_OF_NOW -> new MetricDescription(
                    "count of tokens with created_at > as_of",
                    List.of(
                            "It looks at all of time, whatever days were asked for.",
                            "The clock that wrote them is ahead, or is in another time zone than the service was told.",
                            "They count on the days of their dates; comparisons of a day that still runs leave them out."));
            case IMPLAUSIBLE_TOKEN_DATES -> new MetricDescription(
                    "count of tokens with created_at in a year before 1 or after 9999, and of those of the range with such a used_at",
                    List.of(
                            "Tokens that were created so are counted whatever days were asked for.",
                            "A range with an open end, and range=all, leave out tokens that were created so. As times they are shown as the ends of those years.",
                            "The infinities of the database are the ends of those years, and no such token."));
            case IMPLAUSIBLE_JOIN_DATES -> new MetricDescription(
                    "count of users with joined_at in a year before 1 or after 9999",
                    List.of(
                            "It looks at all of time, whatever days were asked for.",
                            "A range with an open end, and range=all, leave them out."));
        };
    }
}
