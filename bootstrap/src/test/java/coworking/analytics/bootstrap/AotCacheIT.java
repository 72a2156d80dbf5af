package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cache that the build trained, on the jar that it packaged. */
class AotCacheIT {

    private static final Map<String, String> NO_DATABASE = Map.of("DB_PORT", "1", "DB_USERNAME", "reader", "DB_PASSWORD", "");

    @Test
    void theServiceStartsFromItsCacheAndAnswers() throws Exception {
        var jvm = aotCacheOptions("-Xlog:aot*,class+load");
        try (var service = ServiceProcess.startWithJvmOptions(jvm, ServiceProcess.freePort(), NO_DATABASE).awaitServing()) {
            assertThat(service.get("/health_check").body()).isEqualTo("ok");
            assertThat(PrometheusScrape.parse(service.awaitManagement().sendToManagement("/metrics").body())
                    .value("coworking_aot_cache_in_use")).isEqualTo(1);
            assertThat(service.out())
                    .anyMatch(line -> line.contains("coworking.analytics.bootstrap.Main source: shared objects file"));
        }
    }

    @Test
    void theCacheKnowsWhatTheOptimisingCompilerMadeOfARequest() throws Exception {
        var jvm = aotCacheOptions("-XX:+UnlockDiagnosticVMOptions", "-XX:+AOTPrintTrainingInfo");
        try (var help = ServiceProcess.startWithJvmOptions(jvm, ServiceProcess.freePort(), NO_DATABASE, "help")) {
            assertThat(help.exitStatus()).isZero();
            assertThat(help.out())
                    .anyMatch(line -> line.matches(" *C coworking/analytics/rest/http/ObservationFilter\\S*\\.filter\\(.*L4 .*"));
        }
    }

    /** AOTMode=on: a JVM that cannot use the cache does not start. */
    private static List<String> aotCacheOptions(String... further) {
        assumeFalse("true".equals(System.getProperty("aot.skip")), "built with -Daot.skip");
        var jvm = List.of("@" + System.getProperty("jvm.options"), "-XX:AOTCache=" + System.getProperty("aot.cache"), "-XX:AOTMode=on");
        return Stream.concat(jvm.stream(), Stream.of(further)).toList();
    }
}
