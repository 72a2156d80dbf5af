package coworking.analytics.bootstrap;

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

/** What jcmd would show, for an image that has no jcmd. Files lie in the temporary directory for as long as they are sent. */
final class JvmDiagnosis {

    /** The pod's temporary directory is small, and a pod that fills it is evicted. */
    private static final long LARGEST_RECORDING = 16L * 1_048_576;

    /** The environment holds the password, and command lines of whatever else runs beside us are none of ours. */
    private static final List<String> SECRET = List.of("jdk.InitialEnvironmentVariable", "jdk.SystemProcess");

    private JvmDiagnosis() {}

    static void threads(OutputStream out) throws IOException {
        send(out, file -> {
            Files.delete(file); // The JVM dumps into no file that is there.
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(file.toString(), ThreadDumpFormat.JSON);
        });
    }

    static void heap(OutputStream out) throws IOException {
        try {
            var histogram = ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[]{new String[0]}, new String[]{String[].class.getName()});
            out.write(histogram.toString().getBytes(StandardCharsets.UTF_8));
        } catch (JMException failure) {
            throw new IllegalStateException("The JVM made no histogram", failure);
        }
    }

    static void recording(Duration length, OutputStream out) throws IOException {
        send(out, file -> record(length, file));
    }

    private static void record(Duration length, Path file) throws IOException {
        try (var recording = new Recording(Configuration.getConfiguration("default"))) {
            recording.setName("management port");
            recording.setMaxSize(LARGEST_RECORDING);
            SECRET.forEach(recording::disable);
            recording.start();
            Thread.sleep(length);
            recording.stop();
            recording.dump(file);
        } catch (ParseException failure) {
            throw new IllegalStateException("The JDK's own configuration is broken", failure);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service stops", ended);
        }
    }

    /** What fails while the file is made is our failure, and no caller who went away. */
    private static void send(OutputStream out, Content content) throws IOException {
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

    private interface Content {

        void writeTo(Path file) throws IOException;
    }
}
