package coworking.analytics.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the code to the rules, and the rules to planted violations: a rule that was never seen to fail guards nothing. */
class ArchitectureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/tck/"))
            .importPackages(ArchitectureRules.ROOT);

    private static final JavaClasses CODE_AND_TESTS = new ClassFileImporter().importPackages(ArchitectureRules.ROOT);

    /** The classes that break each rule; they live beside this test, in packages of the layers that they pretend to be of. */
    private static final Map<ArchRule, Set<String>> PLANTED = Map.ofEntries(
            Map.entry(ArchitectureRules.LAYERS_POINT_INWARDS, Set.of("rest.PlantedStoreInRest")),
            Map.entry(ArchitectureRules.THE_DOMAIN_KNOWS_ONLY_THE_LANGUAGE, Set.of("domain.PlantedFile")),
            Map.entry(ArchitectureRules.DRIVING_ADAPTERS_ASK_ONLY_DRIVING_PORTS, Set.of("rest.PlantedShortCut")),
            Map.entry(ArchitectureRules.DRIVING_ADAPTERS_ONLY_MAKE_QUERIES, Set.of("rest.PlantedExecution")),
            Map.entry(ArchitectureRules.DRIVEN_ADAPTERS_SERVE_ONLY_DRIVEN_PORTS, Set.of("postgres.PlantedQuestion")),
            Map.entry(ArchitectureRules.PACKAGES_ARE_FREE_OF_CYCLES, Set.of("rest.PlantedCycle", "rest.planted.PlantedOtherHalf")),
            Map.entry(ArchitectureRules.PACKAGES_IMPORT_WHAT_THE_MAP_SAYS, Set.of("postgres.table.PlantedSibling")),
            Map.entry(ArchitectureRules.OTHER_MODULES_USE_ONLY_THE_DOOR, Set.of("bootstrap.telemetry.PlantedBackDoor")),
            Map.entry(ArchitectureRules.ONE_CLASS_NAMES_THE_STORE, Set.of("bootstrap.telemetry.PlantedStoreUser")),
            Map.entry(ArchitectureRules.TIME_COMES_IN_AS_AN_ARGUMENT, Set.of("application.PlantedClock")),
            Map.entry(ArchitectureRules.THE_ENVIRONMENT_IS_READ_IN_ONE_PLACE, Set.of("postgres.PlantedSetting")),
            Map.entry(ArchitectureRules.NOTHING_ASKS_FOR_THE_DEFAULTS_OF_THE_PROCESS, Set.of("application.PlantedZone")),
            Map.entry(ArchitectureRules.EXCEPTIONS_ARE_NAMED_SO, Set.of("domain.PlantedFailure")));

    @Test
    void allModulesAreSeen() {
        assertThat(CODE.stream().map(JavaClass::getPackageName).map(name -> name.substring(ArchitectureRules.ROOT.length()))).contains(
                ".domain.time", ".domain.fact", ".domain.report", ".application", ".application.port.in", ".application.port.out", ".rest",
                ".postgres", ".replay",
                ".bootstrap");
        assertThat(CODE.size()).isBetween(300, 500);
    }

    @TestFactory
    Stream<DynamicTest> theCodeKeeps() {
        return ArchitectureRules.ALL.stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CODE)));
    }

    @Test
    void everyRuleHasItsPlantedViolation() {
        assertThat(PLANTED).containsOnlyKeys(ArchitectureRules.ALL);
    }

    @TestFactory
    Stream<DynamicTest> aPlantedViolationIsCaughtBy() {
        return PLANTED.entrySet().stream().map(planted -> DynamicTest.dynamicTest(planted.getKey().getDescription(),
                () -> assertThatThrownBy(() -> planted.getKey().check(with(planted.getValue()))).isInstanceOf(AssertionError.class)
                        .hasMessageContaining("Planted")));
    }

    private static JavaClasses with(Set<String> planted) {
        return CODE_AND_TESTS.that(
                describe("the code and what is planted for one rule",
                        type -> CODE.contain(type.getName())
                                || planted.contains(type.getName().substring(ArchitectureRules.ROOT.length() + 1))));
    }
}
