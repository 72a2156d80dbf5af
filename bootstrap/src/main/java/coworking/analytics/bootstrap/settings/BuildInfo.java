package coworking.analytics.bootstrap.settings;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The running build.
 *
 * @param version the jar's version, unless a setting overrides it
 * @param revision the commit of the build, or "unknown"
 */
public record BuildInfo(String version, String revision) {

    public static BuildInfo of(String version, String revision) {
        return new BuildInfo(version.isEmpty() ? jarVersion() : version, revision);
    }

    private static String jarVersion() {
        return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion()).orElse("unknown");
    }

    /** The JVM silently ignores a cache that does not fit, and then shares no classes. */
    public static boolean isAotCacheInUse() {
        var flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return !flags.getVMOption("AOTCache").getValue().isEmpty()
                && System.getProperty("java.vm.info", "").contains("sharing");
    }
}
