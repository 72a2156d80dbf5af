package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged service and its commands in processes with other digits, other capitals, another zone and another charset. */
class LocaleIT {

    private static final List<String> PATHS = Stream.concat(
            Stream.of("/readiness_check", "/api/reports/daily_usage", "/api/reports/user_visits"),
            Stream.of("daily-usage?interval=week&compare=previous&", "user-visits?", "summary?", "arrivals?metric=average&", "members?",
                    "retention?",
                    "dormant?to=2026-10-31&", "data-quality?")
                    .flatMap(report -> Stream.of("csv", "ndjson").map(format -> "/api/v1/reports/" + report + "format=" + format)))
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"fa-IR", "ar-EG", "tr-TR"})
    void answersHaveTheSameBytesInEveryLocale(String locale) throws Exception {
        var database = TestDatabase.migrated();
        database.fillWithTheDemo();
        var options = List.of("-Duser.language=" + locale.substring(0, 2), "-Duser.country=" + locale.substring(3),
                "-Duser.timezone=Asia/Tehran",
                "-Dfile.encoding=COMPAT", "-Dstdout.encoding=US-ASCII");
        assertSucceeds(options, database.environment(), "install");
        assertSucceeds(options, database.environment(), "check");
        try (var usual = ServiceProcess.start(database.environment()).awaitServing();
                var there = ServiceProcess.startWithJvmOptions(options, ServiceProcess.freePort(), database.environment()).awaitServing()) {
            for (var path : PATHS) {
                var answer = there.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(answer.body()).as(path).isEqualTo(usual.get(path).body());
            }
        }
    }

    private static void assertSucceeds(List<String> options, Map<String, String> environment, String command) throws IOException {
        try (var process = ServiceProcess.startWithJvmOptions(options, ServiceProcess.freePort(), environment, command)) {
            assertThat(process.exitStatus()).as(command).isZero();
        }
    }
}
