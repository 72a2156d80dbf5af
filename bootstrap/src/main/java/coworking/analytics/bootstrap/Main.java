package coworking.analytics.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import coworking.analytics.bootstrap.logging.JsonLogHandler;
import coworking.analytics.bootstrap.settings.ProcessEnvironment;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** Runs the command line on the arguments and environment of the process, and exits with its status. */
public final class Main {

    private Main() {}

    /** Runs the command named by the first argument; see {@code help}. */
    public static void main(String[] arguments) {
        // The web server's Date header is wrong in other zones. Reports do not depend on the JVM's zone.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        // The code names its locale and charset wherever it formats; these settings are for the libraries and for the two streams.
        Locale.setDefault(Locale.ROOT);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
        JsonLogHandler.install();
        HelidonServices.register();
        var status = run(ProcessEnvironment.read(), System.out, System.err, arguments);
        if (status != CommandLine.KEEP_RUNNING) {
            System.exit(status);
        }
    }

    /** Runs a command with the given variables; returns the status that the process ends with, or -1 where the service has started. */
    public static int run(Map<String, String> environment, PrintStream out, PrintStream err, String... arguments) {
        return new CommandLine(environment, out, err).run(arguments);
    }
}
