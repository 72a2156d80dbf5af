package coworking.analytics.postgres.sql;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A snapshot that reads the tokens row by row, with the parts that a snapshot of the roll-ups needs for what its sums do not tell. */
public interface TokenScan extends LedgerSnapshot {

    /** The clock on which this snapshot shows times. */
    SpaceClock clock();

    /** How many of a span's visitors came on the day in the middle of which it ends, and not on the days before. */
    long visitorsOnLastDayOnly(TimeSpan span);

    /**
     * The data quality issues of a span.
     *
     * @param usersWithTokens a query for the ids of all users who have a token
     */
    List<DataQualityIssue> dataQualityIssues(TimeSpan span, Instant now, String usersWithTokens);

    /** A user in the table "users"; empty where there is none. */
    Optional<Member> findInUsers(long userId, boolean withName);
}
