package coworking.analytics.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayOptionsTest {

    @Test
    void stayAsTheyAreUnlessGiven() {
        var options = ReplayOptions.parse(List.of("--from", "http://old", "--to", "https://new.example:8443/usage/"));

        assertThat(options.from()).isEqualTo(new ServiceUrl("from", false, "old", 80, "")).hasToString("--from http://old");
        assertThat(options.to()).isEqualTo(new ServiceUrl("to", true, "new.example", 8443, "/usage"))
                .hasToString("--to https://new.example:8443/usage");
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.allMethods()).isFalse();
        assertThat(options.allPaths()).isFalse();
        assertThat(options.file()).isEmpty();
    }

    @Test
    void standInAnyOrderWithOrWithoutAnEqualsSign() {
        var options = ReplayOptions
                .parse(List.of("-", "--all-paths", "--to=HTTPS://[::1]", "--timeout=3600", "--all-methods", "--from", "http://my_app:1"));

        assertThat(options.from()).isEqualTo(new ServiceUrl("from", false, "my_app", 1, ""));
        assertThat(options.to()).isEqualTo(new ServiceUrl("to", true, "[::1]", 443, "")).hasToString("--to https://[::1]");
        assertThat(options.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(options.allMethods()).isTrue();
        assertThat(options.allPaths()).isTrue();
        assertThat(options.file()).contains("-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'' | --from is missing: the URL of a running service",
            "--from http://a | --to is missing: the URL of a running service",
            "--from http://a --to | --to lacks its value",
            "--from http://a --from http://b | --from is given twice",
            "--from http://a --too http://b | There is no option '--too'",
            "--from http://a --to http://b --all-methods=no | There is no option '--all-methods'",
            "--from http://a --to http://b one two | There is one FILE at most: join them and give them as -",
            "--from http://a --to http://b --timeout 0 | --timeout must be a whole number of seconds from 1 to 3600",
            "--from http://a --to http://b --timeout 3601 | --timeout must be a whole number of seconds from 1 to 3600",
            "--from http://a --to http://b --timeout soon | --timeout must be a whole number of seconds from 1 to 3600",
            "--from http://a:0 --to http://b | --from has an invalid port: it must be 1 to 65535",
            "--from http://a:65536 --to http://b | --from has an invalid port: it must be 1 to 65535"})
    void whatIsWrongIsSaid(String words, String fault) {
        assertThatThrownBy(() -> ReplayOptions.parse(words.isEmpty() ? List.of() : List.of(words.split(" ", -1))))
                .isInstanceOf(InvalidArgumentsException.class)
                .hasMessage(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ada:hunter2@old", "https://hunter2@old/x", "ada:hunter2@old", "http://ada:hun/ter2@old",
            "//hunter2@old"})
    void aPasswordInAnUrlIsRefusedAndNotRepeated(String url) {
        var run = ReplayRun.of("--from", url, "--to", "http://new");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).first().asString().startsWith("--from ");
        assertThat(run.err().toString()).doesNotContain("hunter2", "ter2");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "old", "old:5153", "ftp://old", "http://", "http://old?x", "http://old#x", "http://o ld", "http://old/a b",
            "http://old:port", "http://old:123456", "http://old/\r\nHost: x", "http://\u00f6ld", "http://[old]"})
    void whatIsNoUrlIsRefused(String url) {
        assertThatThrownBy(() -> ServiceUrl.parse("to", url)).isInstanceOf(InvalidArgumentsException.class)
                .hasMessage("--to must be a URL like http://host:5153, with an optional path");
    }

    @Test
    void wrongUseNamesTheWayOut() {
        assertThat(ReplayRun.of("--from").err()).containsExactly("--from lacks its value",
                "Usage: java -jar coworking-analytics.jar replay --from URL --to URL [OPTION]... [FILE], as the command help explains");
    }
}
