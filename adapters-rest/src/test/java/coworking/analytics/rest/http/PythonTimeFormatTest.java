package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonTimeFormatTest {

    @ParameterizedTest
    @CsvSource({
            "2023-02-07, 2023-02-07",
            "0001-01-01, 0001-01-01",
            "0999-12-31, 0999-12-31",
            "9999-12-31, 9999-12-31",
            "+10000-01-01, +10000-01-01",
            "+294276-12-31, +294276-12-31",
            "0000-12-31, 0000-12-31",
            "-0043-03-15, -0043-03-15",
            "-4712-01-01, -4712-01-01"})
    void aDateHasAtLeastFourDigitsOfYearAndASignWherePythonKnowsNoSuchYear(LocalDate day, String text) {
        assertThat(PythonTimeFormat.format(day)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
            "2023-01-20T03:23:39.757813, 2023-01-20 03:23:39.757813",
            "2023-01-20T03:23:39, 2023-01-20 03:23:39",
            "2023-01-20T00:00:00, 2023-01-20 00:00:00",
            "2023-01-20T00:00:00.000001, 2023-01-20 00:00:00.000001",
            "2023-01-20T12:34:56.000100, 2023-01-20 12:34:56.000100",
            "2023-01-20T12:34:56.010000, 2023-01-20 12:34:56.010000",
            "2023-01-20T12:34:56.5, 2023-01-20 12:34:56.500000",
            "2023-01-20T12:34:56.123, 2023-01-20 12:34:56.123000",
            "9999-12-31T23:59:59.999999, 9999-12-31 23:59:59.999999",
            "0001-01-01T00:00:00, 0001-01-01 00:00:00",
            "+10000-01-01T00:00:00.5, +10000-01-01 00:00:00.500000",
            "-0043-03-15T11:59:00, -0043-03-15 11:59:00"})
    void aTimeHasSixDigitsOfMicrosecondsOrNoneAtAll(LocalDateTime time, String text) {
        assertThat(PythonTimeFormat.format(time)).isEqualTo(text);
    }

    @Test
    void aTimeInsideADaylightSavingGapComesOutAsItWentIn() {
        assertThat(PythonTimeFormat.format(LocalDateTime.parse("2023-03-26T02:30:00"))).isEqualTo("2023-03-26 02:30:00");
    }

    @Test
    void theTimeThatWasNeverRecordedIsTheWordNone() {
        assertThat(PythonTimeFormat.format(Optional.empty())).isEqualTo("None");
    }
}
