package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.bootstrap.settings.InvalidSettingsException;
import coworking.analytics.bootstrap.settings.TelemetrySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    private static final Map<String, String> REQUIRED = Map.of("DB_USERNAME", "ada", "DB_PASSWORD", "");

    @Test
    void onlyTheUserAndThePasswordAreRequired() {
        var settings = Configuration.from(REQUIRED);

        assertThat(settings.service().host()).isEqualTo("0.0.0.0");
        assertThat(settings.service().port()).isEqualTo(5153);
        assertThat(settings.service().usageLogInterval()).hasSeconds(30);
        assertThat(settings.store().database()).hasToString("ada@127.0.0.1:5432/postgres sslmode=prefer");
    }

    @Test
    void theUserNameWinsOverTheUserAndAnEmptyOneIsNone() {
        assertThat(Configuration.from(with("DB_USER", "grace")).store().database().username()).isEqualTo("ada");
        assertThat(Configuration.from(with("DB_USER", "grace", "DB_USERNAME", "")).store().database().username()).isEqualTo("grace");
    }

    @Test
    void aPasswordIsTakenAsItStandsAndNeverShown() {
        var password = " p@ss'\"\\:/?&%20=é\t{}$\n";
        var settings = Configuration.from(with("DB_PASSWORD", password));

        assertThat(settings.store().database().password()).isEqualTo(password);
        assertThat(settings.toString()).doesNotContain("p@ss");
    }

    @Test
    void theSpacesClockIsInUtcUnlessToldOtherwise() {
        assertThat(Configuration.from(REQUIRED).service().timeZone()).hasToString("UTC");
        for (var zone : new String[]{"Europe/Berlin", "America/Argentina/Ushuaia", "Etc/GMT+5"}) {
            assertThat(Configuration.from(with("APP_TIME_ZONE", zone)).service().timeZone()).hasToString(zone);
        }
        for (var wrong : new String[]{"", "Berlin", "europe/berlin", "+02:00", "GMT+2", "Europe/Berlin "}) {
            assertThatThrownBy(() -> Configuration.from(with("APP_TIME_ZONE", wrong)))
                    .hasMessageContaining(
                            "1. APP_TIME_ZONE is '" + wrong + "', but must be the IANA name of a time zone, like Europe/Berlin");
        }
    }

    @Test
    void theTablesAreInUtcUnlessToldOtherwise() {
        assertThat(Configuration.from(REQUIRED).store().clock()).hasToString("times of UTC shown in UTC");
        assertThat(Configuration.from(with("DB_TIME_ZONE", "Europe/Berlin", "APP_TIME_ZONE", "Asia/Kolkata")).store().clock())
                .hasToString("times of Europe/Berlin shown in Asia/Kolkata");
        assertThatThrownBy(() -> Configuration.from(with("DB_TIME_ZONE", "+01:00", "APP_TIME_ZONE", "Mars/Olympus")))
                .hasMessageContainingAll("1. APP_TIME_ZONE is 'Mars/Olympus'", "2. DB_TIME_ZONE is '+01:00', but must be the IANA name");
    }

    @Test
    void namesAreDisabledWithoutATokenAndATokenIsNeverShown() {
        assertThat(Configuration.from(REQUIRED).service().namesToken().value()).isEmpty();
        assertThat(Configuration.from(with("APP_NAMES_TOKEN", " ")).service().namesToken().value()).isEmpty();
        var token = "s3cr+t/Tok~en._-==";
        assertThat(Configuration.from(with("APP_NAMES_TOKEN", token)).service().namesToken().value()).contains(token);
        assertThat(Configuration.from(with("APP_NAMES_TOKEN", token)).toString()).doesNotContain("s3cr");
        for (var wrong : new String[]{"s3cr", "s3cr t tok en 1234", "s3cr=t12345678901", "s3cr\"tt1234567890", "s3cr".repeat(65)}) {
            assertThatThrownBy(() -> Configuration.from(with("APP_NAMES_TOKEN", wrong)))
                    .hasMessageContaining("1. APP_NAMES_TOKEN is not a token").hasMessageNotContaining("s3cr");
        }
    }

    @Test
    void theOriginalsReportsKeepTheirConnections() {
        assertThat(Configuration.from(REQUIRED).store().database().maxSessions()).isEqualTo(3);
        assertThat(Configuration.from(with("DB_POOL_SIZE", "10")).store().database().maxSessions()).isEqualTo(7);
        assertThat(Configuration.from(with("DB_POOL_SIZE", "3")).store().database().maxSessions()).isEqualTo(1);
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        var wrong = Map.of(
                "DB_HOST", "", "DB_PORT", "70000", "APP_PORT", "http", "DB_SSLMODE", "maybe", "DB_POOL_SIZE", "0", "APP_USAGE_LOG_SECONDS",
                "1.5");

        assertThatThrownBy(() -> Configuration.from(wrong)).isInstanceOf(InvalidSettingsException.class).hasMessage("""
                The settings in the environment are wrong:
                  1. APP_PORT is 'http', but must be a whole number from 1 to 65535
                  2. APP_USAGE_LOG_SECONDS is '1.5', but must be a whole number from 1 to 86400
                  3. DB_HOST is empty: set it, or leave it out for 127.0.0.1
                  4. DB_PORT is '70000', but must be a whole number from 1 to 65535
                  5. DB_USERNAME (or DB_USER) is missing
                  6. DB_PASSWORD is missing: if there is none, set it to the empty text
                  7. DB_SSLMODE is 'maybe', but must be one of allow, disable, prefer, require, verify-ca, verify-full
                  8. DB_POOL_SIZE is '0', but must be a whole number from 3 to 50""");
    }

    @Test
    void aHostIsANameOrAnAddressAndNothingElse() {
        for (var host : new String[]{"db.example", "10.0.0.1", "::1", "my_host"}) {
            assertThat(Configuration.from(with("DB_HOST", host)).store().database().host()).isEqualTo(host);
        }
        for (var host : new String[]{"http://x/?a", "/tmp/pg", "127.0.0.1:5432", "a b"}) {
            assertThatThrownBy(() -> Configuration.from(with("DB_HOST", host))).hasMessageContaining("1. DB_HOST is '" + host + "'");
        }
    }

    @Test
    void theHelpNamesExactlyTheVariablesThatAreRead() {
        var read = new TreeSet<String>();
        try {
            Configuration.from(new HashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                public String get(Object name) {
                    read.add((String) name);
                    return "";
                }

                @Override
                public String getOrDefault(Object name, String fallback) {
                    return get(name);
                }
            });
        } catch (InvalidSettingsException everythingIsEmpty) {
            assertThat(everythingIsEmpty).hasMessageContaining("10. ");
        }
        var named = Pattern.compile("(DB|APP|OTEL)_[A-Z_]+").matcher(Configuration.HELP).results().map(match -> match.group()).toList();
        assertThat(named.stream().distinct()).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void operatorsAreListenedToWhereCallersAreUnlessToldOtherwise() {
        assertThat(Configuration.from(with("APP_HOST", "127.0.0.1")).telemetry()).returns("127.0.0.1", TelemetrySettings::managementHost)
                .returns(9153, TelemetrySettings::managementPort);
        assertThat(Configuration.from(with("APP_HOST", "127.0.0.1", "APP_MANAGEMENT_HOST", "10.0.0.1")).telemetry().managementHost())
                .isEqualTo("10.0.0.1");
        for (var none : new String[]{"", "0"}) {
            assertThat(Configuration.from(with("APP_MANAGEMENT_PORT", none)).telemetry().managementPort()).isZero();
        }
    }

    @Test
    void aClusterHasANameThatCloudWatchTakes() {
        assertThat(Configuration.from(REQUIRED).telemetry().cluster()).isEqualTo("my-cluster");
        for (var wrong : new String[]{"", " ", ":a", "mein Büro", "a".repeat(101)}) {
            assertThatThrownBy(() -> Configuration.from(with("APP_CLUSTER", wrong))).hasMessageContaining("1. APP_CLUSTER is ");
        }
    }

    @Test
    void nothingIsTracedUnlessThereIsACollector() {
        assertThat(Configuration.from(REQUIRED).telemetry().otlpEndpoint()).isEmpty();
        assertThat(Configuration.from(with("OTEL_EXPORTER_OTLP_ENDPOINT", "")).telemetry().otlpEndpoint()).isEmpty();
        for (var collector : new String[]{"http://collector:4318", "http://collector:4318/"}) {
            assertThat(Configuration.from(with("OTEL_EXPORTER_OTLP_ENDPOINT", collector)).telemetry().tracesUrl())
                    .hasToString("http://collector:4318/v1/traces");
        }
        for (var wrong : new String[]{"collector:4317", "grpc://collector", "http://user:secret@collector"}) {
            assertThatThrownBy(() -> Configuration.from(with("OTEL_EXPORTER_OTLP_ENDPOINT", wrong)))
                    .hasMessageContaining("1. OTEL_EXPORTER_OTLP_ENDPOINT");
        }
    }

    @Test
    void aShareIsANumberFromZeroToOne() {
        for (var share : new String[]{"0", "1", "1.0", "0.05", ".5"}) {
            assertThat(Configuration.from(with("OTEL_TRACES_SAMPLER_ARG", share)).telemetry().traceSampleRatio())
                    .isEqualTo(Double.parseDouble(share));
        }
        for (var wrong : new String[]{"", "1.5", "-1", "half", "NaN"}) {
            assertThatThrownBy(() -> Configuration.from(with("OTEL_TRACES_SAMPLER_ARG", wrong)))
                    .hasMessageContaining("must be a number from 0 to 1");
        }
    }

    private static Map<String, String> with(String... variables) {
        var environment = new HashMap<>(REQUIRED);
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return environment;
    }
}
