package coworking.analytics.bootstrap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * What runs here.
 *
 * @param version the jar's, unless the settings say another
 * @param revision the commit it was built from; "unknown" where nobody said
 */
record Build(String version, String revision) {

    static Build of(String version, String revision) {
        return new Build(version.isEmpty() ? versionOfTheJar() : version, revision);
    }

    private static String versionOfTheJar() {
        return Optional.ofNullable(Build.class.getPackage().getImplementationVersion()).orElse("unknown");
    }

    /** The JVM passes over a cache that does not fit it without a word, and then shares no classes at all. */
    static boolean isAotCacheInUse() {
        var flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return !flags.getVMOption("AOTCache").getValue().isEmpty()
                && System.getProperty("java.vm.info", "").contains("sharing");
    }
}
