package coworking.analytics.rest.original;

import static coworking.analytics.rest.StubUsageReports.usage;
import static coworking.analytics.rest.StubUsageReports.visits;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.report.UserVisits;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportJsonTest {

    @Test
    void aReportWithoutRowsIsThreeBytes() {
        assertThat(ReportBytes.of(usage())).asString(US_ASCII).isEqualTo("{}\n");
        assertThat(ReportBytes.of(visits())).asString(US_ASCII).isEqualTo("{}\n");
    }

    @Test
    void oneDayIsOneMemberAndANewlineEndsTheReport() {
        assertThat(ReportBytes.of(usage(LocalDate.of(2023, 2, 7), 12)))
                .asString(US_ASCII)
                .isEqualTo("{\"2023-02-07\":12}\n");
    }

    @Test
    void daysAscendAsDatesEvenWhereTheirTextsDoNot() {
        assertThat(ReportBytes.of(usage(LocalDate.of(10_000, 1, 1), 2, LocalDate.of(9999, 12, 31), 1)))
                .asString(US_ASCII)
                .isEqualTo("{\"9999-12-31\":1,\"+10000-01-01\":2}\n");
        assertThat(ReportBytes.of(usage(LocalDate.of(1, 1, 1), 2, LocalDate.of(-43, 3, 15), 1)))
                .asString(US_ASCII)
                .isEqualTo("{\"-0043-03-15\":1,\"0001-01-01\":2}\n");
    }

    @Test
    void oneUserIsAnObjectWithTheDateOfJoiningFirst() {
        assertThat(ReportBytes.of(visits(user(1, "2023-01-20T03:23:39.757813", 6))))
                .asString(US_ASCII)
                .isEqualTo("{\"1\":{\"joined_at\":\"2023-01-20 03:23:39.757813\",\"visits\":6}}\n");
    }

    @Test
    void usersAscendAsNumbers() {
        assertThat(ReportBytes.of(visits(user(-1, "2023-01-01T00:00", 1), user(9, "2023-01-01T00:00", 2), user(10, "2023-01-01T00:00", 3))))
                .asString(US_ASCII)
                .isEqualTo("{\"-1\":{\"joined_at\":\"2023-01-01 00:00:00\",\"visits\":1},"
                        + "\"9\":{\"joined_at\":\"2023-01-01 00:00:00\",\"visits\":2},"
                        + "\"10\":{\"joined_at\":\"2023-01-01 00:00:00\",\"visits\":3}}\n");
    }

    @Test
    void aUserWhoseJoiningWasNeverRecordedHasTheTextNone() {
        assertThat(ReportBytes.of(visits(new UserCounts(7, Optional.empty(), 2, 0))))
                .asString(US_ASCII)
                .isEqualTo("{\"7\":{\"joined_at\":\"None\",\"visits\":2}}\n");
    }

    @Test
    void idsAndCountsHave64Bits() {
        assertThat(ReportBytes.of(visits(user(Long.MAX_VALUE, "9999-12-31T23:59:59.999999", Long.MAX_VALUE))))
                .asString(US_ASCII)
                .isEqualTo("{\"9223372036854775807\":{\"joined_at\":\"9999-12-31 23:59:59.999999\",\"visits\":9223372036854775807}}\n");
        assertThat(ReportBytes.of(usage(LocalDate.of(2023, 2, 7), Long.MAX_VALUE)))
                .asString(US_ASCII)
                .isEqualTo("{\"2023-02-07\":9223372036854775807}\n");
    }

    @Test
    void allTokensOfAUserCountAsVisitsUsedOrNot() {
        assertThat(ReportBytes.of(visits(new UserCounts(1, Optional.empty(), 6, 2)))).asString(US_ASCII).contains("\"visits\":6");
    }

    @Test
    void aLongReportIsWhole() {
        var users = new PackedUserCounts.Builder();
        LongStream.rangeClosed(1, 100_000).forEach(id -> users.add(new UserCounts(id, Optional.empty(), id, 0)));
        var expected = LongStream.rangeClosed(1, 100_000)
                .mapToObj(id -> "\"" + id + "\":{\"joined_at\":\"None\",\"visits\":" + id + "}")
                .collect(Collectors.joining(",", "{", "}\n"));
        // Not isEqualTo: its message would hold both texts, several megabytes each.
        assertThat(new String(ReportBytes.of(new UserVisits(users.build())), US_ASCII).equals(expected)).isTrue();
    }

    private static UserCounts user(long id, String joinedAt, long visits) {
        return new UserCounts(id, Optional.of(LocalDateTime.parse(joinedAt)), visits, 0);
    }
}
