package coworking.analytics.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** What the module graph and the module descriptors cannot say. */
final class ArchitectureRules {

    static final String ROOT = "coworking.analytics";

    private static final Set<String> CLOCK_METHODS = Set.of("now", "currentTimeMillis", "systemUTC", "systemDefaultZone");

    static final ArchRule LAYERS_POINT_INWARDS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("Domain").definedBy(ROOT + ".domain..")
            .layer("Application").definedBy(ROOT + ".application..")
            .layer("REST").definedBy(ROOT + ".rest..")
            .layer("PostgreSQL").definedBy(ROOT + ".postgres..")
            .layer("Bootstrap").definedBy(ROOT + ".bootstrap..")
            .whereLayer("Bootstrap").mayNotBeAccessedByAnyLayer()
            .whereLayer("REST").mayOnlyBeAccessedByLayers("Bootstrap")
            .whereLayer("PostgreSQL").mayOnlyBeAccessedByLayers("Bootstrap")
            .whereLayer("Application").mayOnlyBeAccessedByLayers("REST", "PostgreSQL", "Bootstrap")
            .whereLayer("Domain").mayOnlyBeAccessedByLayers("Application", "REST", "PostgreSQL", "Bootstrap")
            .ensureAllClassesAreContainedInArchitecture()
            .because("adapters can be swapped only while nothing further in knows them, and they do not know each other");

    static final ArchRule THE_DOMAIN_KNOWS_ONLY_THE_LANGUAGE = classes()
            .that().resideInAPackage(ROOT + ".domain..")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".domain..", "java.lang..", "java.util..", "java.time..", "java.math..")
            .because("a definition that needs a framework, a file or a network is not a definition");

    static final ArchRule DRIVING_ADAPTERS_ASK_ONLY_DRIVING_PORTS = noClasses()
            .that().resideInAPackage(ROOT + ".rest..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".application", ROOT + ".application.port.out..")
            .because("a caller's question goes through the hexagon, never around it");

    static final ArchRule DRIVEN_ADAPTERS_SERVE_ONLY_DRIVEN_PORTS = noClasses()
            .that().resideInAPackage(ROOT + ".postgres..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".application", ROOT + ".application.port.in..")
            .because("a store answers questions, it does not ask them");

    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES = slices()
            .matching(ROOT + ".(**)").should().beFreeOfCycles()
            .because("packages that need each other are one package");

    static final ArchRule TIME_COMES_IN_AS_AN_ARGUMENT = noClasses()
            .that().resideOutsideOfPackage(ROOT + ".bootstrap..")
            .should().callMethodWhere(readsTheClock())
            .because("what depends on the clock cannot be tested at another time");

    static final ArchRule THE_ENVIRONMENT_IS_READ_IN_ONE_PLACE = noClasses()
            .that().resideOutsideOfPackage(ROOT + ".bootstrap..")
            .should().callMethod(System.class, "getenv").orShould().callMethod(System.class, "getenv", String.class)
            .orShould().callMethod(System.class, "getProperty", String.class)
            .because("settings are checked all at once, at the start");

    static final ArchRule ONLY_THE_DOOR_OF_EACH_MODULE_IS_OPEN = classes()
            .that().resideInAnyPackage(ROOT + ".rest..", ROOT + ".postgres..", ROOT + ".bootstrap..").and().arePublic()
            .should()
            .haveNameMatching(
                    ".*\\.(UsageApi|AnalyticsApi|ExchangeObserver(\\$\\w+)?|Management|ManagementApi|PostgresTokenLedger|"
                            + "DatabaseObserver(\\$\\w+)?|LedgerChoice|Rollups|Audit|DatabaseSettings|Migrations(\\$Report)?|"
                            + "MigrationFailed|Main|Replay|JsonLog\\$Manager)")
            .because("what nobody can see, nobody can come to depend on");

    static final List<ArchRule> ALL = List.of(
            LAYERS_POINT_INWARDS, THE_DOMAIN_KNOWS_ONLY_THE_LANGUAGE, DRIVING_ADAPTERS_ASK_ONLY_DRIVING_PORTS,
            DRIVEN_ADAPTERS_SERVE_ONLY_DRIVEN_PORTS, PACKAGES_ARE_FREE_OF_CYCLES, TIME_COMES_IN_AS_AN_ARGUMENT,
            THE_ENVIRONMENT_IS_READ_IN_ONE_PLACE, ONLY_THE_DOOR_OF_EACH_MODULE_IS_OPEN);

    private ArchitectureRules() {}

    private static DescribedPredicate<JavaCall<?>> readsTheClock() {
        return describe("reads the clock", call -> CLOCK_METHODS.contains(call.getName())
                && (call.getTargetOwner().getPackageName().startsWith("java.time") || call.getTargetOwner().isEquivalentTo(System.class)));
    }
}
