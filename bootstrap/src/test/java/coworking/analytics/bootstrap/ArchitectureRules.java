package coworking.analytics.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** What the module graph and the module descriptors cannot say. */
final class ArchitectureRules {

    static final String ROOT = "coworking.analytics";

    private static final Set<String> CLOCK_METHODS = Set.of("now", "currentTimeMillis", "systemUTC", "systemDefaultZone");

    /** Error Prone finds the methods that use a default without naming it; these name it. */
    private static final Set<String> DEFAULTS = Set.of("Locale.getDefault", "ZoneId.systemDefault", "TimeZone.getDefault",
            "Charset.defaultCharset");

    static final ArchRule LAYERS_POINT_INWARDS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("Domain").definedBy(ROOT + ".domain..")
            .layer("Application").definedBy(ROOT + ".application..")
            .layer("REST").definedBy(ROOT + ".rest..")
            .layer("PostgreSQL").definedBy(ROOT + ".postgres..")
            .layer("Replay").definedBy(ROOT + ".replay..")
            .layer("Bootstrap").definedBy(ROOT + ".bootstrap..")
            .whereLayer("Bootstrap").mayNotBeAccessedByAnyLayer()
            .whereLayer("Replay").mayOnlyBeAccessedByLayers("Bootstrap")
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

    static final ArchRule DRIVING_ADAPTERS_ONLY_MAKE_QUERIES = noClasses()
            .that().resideInAPackage(ROOT + ".rest..")
            .should().dependOnClassesThat().haveFullyQualifiedName(ROOT + ".application.query.ReportContext")
            .because("the service executes queries, and whoever has their context has the ledger");

    static final ArchRule DRIVEN_ADAPTERS_SERVE_ONLY_DRIVEN_PORTS = noClasses()
            .that().resideInAPackage(ROOT + ".postgres..")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".application", ROOT + ".application.port.in..",
                    ROOT + ".application.query")
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

    static final ArchRule NOTHING_ASKS_FOR_THE_DEFAULTS_OF_THE_PROCESS = noClasses()
            .should().callMethodWhere(readsADefaultOfTheProcess())
            .because("an answer that depends on the locale, zone or charset of the process differs from machine to machine");

    static final ArchRule PACKAGES_IMPORT_WHAT_THE_MAP_SAYS = classes()
            .should(dependOnlyOn("packages of their own module that the map of packages names", ArchitectureRules::isOnMap))
            .because("sibling packages that import each other have no order");

    static final ArchRule OTHER_MODULES_USE_ONLY_THE_DOOR = classes()
            .should(dependOnlyOn("doors of other modules", ArchitectureRules::isDoorOrSameModule))
            .because("what is used from outside cannot be changed inside");

    static final ArchRule ONE_CLASS_NAMES_THE_STORE = noClasses()
            .that().resideInAPackage(ROOT + ".bootstrap..").and().doNotHaveSimpleName("PostgresStore")
            .should().dependOnClassesThat().resideInAPackage(ROOT + ".postgres..")
            .because("another store replaces one class");

    static final ArchRule EXCEPTIONS_ARE_NAMED_SO = classes()
            .that().areAssignableTo(Throwable.class)
            .should().haveSimpleNameEndingWith("Exception")
            .because("a reader recognises what can be thrown by its name");

    static final List<ArchRule> ALL = List.of(
            LAYERS_POINT_INWARDS, THE_DOMAIN_KNOWS_ONLY_THE_LANGUAGE, DRIVING_ADAPTERS_ASK_ONLY_DRIVING_PORTS,
            DRIVING_ADAPTERS_ONLY_MAKE_QUERIES, DRIVEN_ADAPTERS_SERVE_ONLY_DRIVEN_PORTS, PACKAGES_ARE_FREE_OF_CYCLES,
            PACKAGES_IMPORT_WHAT_THE_MAP_SAYS,
            OTHER_MODULES_USE_ONLY_THE_DOOR, ONE_CLASS_NAMES_THE_STORE, TIME_COMES_IN_AS_AN_ARGUMENT,
            THE_ENVIRONMENT_IS_READ_IN_ONE_PLACE, NOTHING_ASKS_FOR_THE_DEFAULTS_OF_THE_PROCESS, EXCEPTIONS_ARE_NAMED_SO);

    /** Which packages of its own module each package may import. */
    private static final Map<String, Set<String>> MAP = Map.ofEntries(
            Map.entry("domain.time", Set.of()),
            Map.entry("domain.fact", Set.of("domain.time")),
            Map.entry("domain.report", Set.of("domain.fact", "domain.time")),
            Map.entry("application.port", Set.of()),
            Map.entry("application",
                    Set.of("application.port", "application.port.in", "application.port.out", "application.query", "application.sharing")),
            Map.entry("application.port.in", Set.of("application.port")),
            Map.entry("application.port.out", Set.of("application.port")),
            Map.entry("application.query", Set.of("application.port", "application.port.in", "application.port.out")),
            Map.entry("application.sharing", Set.of("application.port", "application.port.in", "application.port.out")),
            Map.entry("application.tck", Set.of("application.port", "application.port.out")),
            Map.entry("rest", Set.of("rest.original", "rest.v1", "rest.http", "rest.management", "rest.spi")),
            Map.entry("rest.original", Set.of("rest.http", "rest.spi")),
            Map.entry("rest.v1", Set.of("rest.v1.request", "rest.v1.response", "rest.http", "rest.spi")),
            Map.entry("rest.v1.response", Set.of("rest.v1.request", "rest.http")),
            Map.entry("rest.v1.request", Set.of("rest.http")),
            Map.entry("rest.management", Set.of("rest.http", "rest.spi")),
            Map.entry("rest.http", Set.of("rest.connection", "rest.spi")),
            Map.entry("rest.spi", Set.of()),
            Map.entry("postgres", Set.of("postgres.connection", "postgres.table", "postgres.rollup", "postgres.schema")),
            Map.entry("postgres.rollup", Set.of("postgres.sql", "postgres.connection")),
            Map.entry("postgres.table", Set.of("postgres.sql", "postgres.connection")),
            Map.entry("postgres.schema", Set.of("postgres.connection", "postgres.sql")),
            Map.entry("postgres.sql", Set.of("postgres.connection")),
            Map.entry("postgres.connection", Set.of()),
            Map.entry("replay", Set.of()),
            Map.entry("bootstrap", Set.of("bootstrap.telemetry", "bootstrap.telemetry.tracing", "bootstrap.schedule", "bootstrap.logging",
                    "bootstrap.settings")),
            Map.entry("bootstrap.telemetry", Set.of("bootstrap.telemetry.tracing", "bootstrap.schedule", "bootstrap.logging",
                    "bootstrap.settings")),
            Map.entry("bootstrap.telemetry.tracing", Set.of("bootstrap.logging", "bootstrap.settings")),
            Map.entry("bootstrap.schedule", Set.of("bootstrap.logging")),
            Map.entry("bootstrap.logging", Set.of("bootstrap.settings")),
            Map.entry("bootstrap.settings", Set.of()));

    /** Packages that are open to other modules as a whole. */
    private static final Set<String> OPEN_PACKAGES = Set.of("domain.time", "domain.fact", "domain.report", "application",
            "application.port", "application.port.in", "application.port.out", "application.query", "rest", "rest.spi", "postgres");

    /** Types, with those nested in them, that are open although their packages are not. */
    private static final Set<String> OPEN_TYPES = Set.of("postgres.connection.DatabaseSettings", "postgres.schema.Migrations",
            "postgres.schema.Rollups",
            "postgres.schema.MigrationException", "replay.ReplayCommand");

    private ArchitectureRules() {}

    private static ArchCondition<JavaClass> dependOnlyOn(String what, BiPredicate<JavaClass, JavaClass> isAllowed) {
        return new ArchCondition<>("depend only on " + what) {

            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (var dependency : origin.getDirectDependenciesFromSelf()) {
                    var target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target) && !isAllowed.test(origin, target)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".");
    }

    private static boolean isOnMap(JavaClass origin, JavaClass target) {
        var from = shortPackage(origin);
        var to = shortPackage(target);
        return from.equals(to) || !module(from).equals(module(to)) || MAP.getOrDefault(from, Set.of()).contains(to);
    }

    private static boolean isDoorOrSameModule(JavaClass origin, JavaClass target) {
        var to = shortPackage(target);
        return module(shortPackage(origin)).equals(module(to)) || OPEN_PACKAGES.contains(to)
                || OPEN_TYPES.contains(target.getName().substring(ROOT.length() + 1).replaceAll("\\$.*", ""));
    }

    private static String shortPackage(JavaClass type) {
        return type.getPackageName().substring(ROOT.length() + 1);
    }

    private static String module(String shortPackage) {
        return shortPackage.split("\\.", 2)[0];
    }

    private static DescribedPredicate<JavaCall<?>> readsADefaultOfTheProcess() {
        return describe("reads a default of the process",
                call -> DEFAULTS.contains(call.getTargetOwner().getSimpleName() + "." + call.getName()));
    }

    private static DescribedPredicate<JavaCall<?>> readsTheClock() {
        return describe("reads the clock", call -> CLOCK_METHODS.contains(call.getName())
                && (call.getTargetOwner().getPackageName().startsWith("java.time") || call.getTargetOwner().isEquivalentTo(System.class)));
    }
}
