package coworking.analytics.bootstrap.telemetry;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** The diagnostics of jcmd, for an image without jcmd. Files stay in the temporary directory while they are sent. */
public final class JvmDiagnostics {

    /** The pod's temporary directory is small, and a pod that fills it is evicted. */
    private static final long MAX_RECORDING_BYTES = 16L * 1_048_576;

    /** Events that would leak secrets: environment variables contain the password, and other processes have command lines of their own. */
    private static final List<String> EXCLUDED_EVENTS = List.of("jdk.InitialEnvironmentVariable", "jdk.SystemProcess");

    private JvmDiagnostics() {}

    public static void writeThreadDump(OutputStream out) throws IOException {
        writeThroughFile(out, file -> {
            Files.delete(file); // The JVM does not overwrite a file.
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(file.toString(), ThreadDumpFormat.JSON);
        });
    }

    public static void writeHeapHistogram(OutputStream out) throws IOException {
        try {
            var histogram = ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[]{new String[0]}, new String[]{String[].class.getName()});
            out.write(histogram.toString().getBytes(StandardCharsets.UTF_8));
        } catch (JMException failure) {
            throw new IllegalStateException("The JVM did not make a histogram", failure);
        }
    }

    public static void writeFlightRecording(Duration length, OutputStream out) throws IOException {
        writeThroughFile(out, file -> record(length, file));
    }

    private static void record(Duration length, Path file) throws IOException {
        try (var recording = new Recording(Configuration.getConfiguration("default"))) {
            recording.setName("management port");
            recording.setMaxSize(MAX_RECORDING_BYTES);
            EXCLUDED_EVENTS.forEach(recording::disable);
            recording.start();
            Thread.sleep(length);
            recording.stop();
            recording.dump(file);
        } catch (ParseException failure) {
            throw new IllegalStateException("The JDK's recording configuration is invalid", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service is stopping", interrupted);
        }
    }

    /** A failure to make the file is an error of the service; only a failure to send it can mean that the caller left. */
    private static void writeThroughFile(OutputStream out, DiagnosticFile content) throws IOException {
        Path file = null;
        try {
            file = Files.createTempFile("coworking", ".tmp");
            content.writeTo(file);
        } catch (IOException failure) {
            delete(file);
            throw new IllegalStateException("The diagnosis could not be written", failure);
        }
        try {
            Files.copy(file, out);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private interface DiagnosticFile {

        void writeTo(Path file) throws IOException;
    }
}
