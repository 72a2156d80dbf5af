package coworking.analytics.bootstrap;

import java.util.TimeZone;

/** The process: reads its arguments and its environment, and ends with the status that the command line chose. */
public final class Main {

    private Main() {}

    /** Runs the command named by the first argument; see {@code help}. */
    public static void main(String[] arguments) {
        // The web server's Date header is wrong in any other zone. Reports do not care: their times never meet the JVM's zone.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        JsonLog.install();
        var status = new CommandLine(Variables.read(), System.out, System.err).run(arguments);
        if (status != CommandLine.RUNNING) {
            System.exit(status);
        }
    }
}
