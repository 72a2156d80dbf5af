package coworking.analytics.bootstrap;

import coworking.analytics.application.ReadinessService;
import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.AuditResult;
import coworking.analytics.application.port.out.LedgerObserver;
import coworking.analytics.bootstrap.logging.LogLevels;
import coworking.analytics.bootstrap.settings.InvalidSettingsException;
import coworking.analytics.replay.ReplayCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The commands and their exit statuses. */
final class CommandLine {

    /** Not an exit status: the service has started, and the process runs until it is ended from outside. */
    static final int KEEP_RUNNING = -1;

    private static final int EXIT_SUCCESS = 0;
    private static final int EXIT_FAILURE = 1;
    private static final int EXIT_USAGE = 2;

    private static final int MAX_ATTEMPTS = 3;

    private static final String USAGE = """
            Usage: java -jar coworking-analytics.jar [COMMAND]

            Commands:
              serve      answer HTTP requests until SIGTERM (the default)
              migrate    create the tables, or adopt existing ones, and exit
              check      exit with 0 if the tokens are readable, else print the reason and exit with 1
              install    add roll-ups beside the tables, so that the cost of a report no longer grows with the number of tokens;
                         writers may go on
              audit      compare the roll-ups with the tables; if they differ, print the differences and exit with 1
              rebuild    compute the roll-ups from the tables again
              uninstall  remove the roll-ups and leave the tables as they were
              replay     send the same requests to two running services, as in replay --from URL --to URL, and print where their
                         responses differ; exit with 0 if they do not, else with 1
              help       print this text

            Settings are environment variables; replay needs none:
            """ + Configuration.HELP + """

            Arguments of replay:
            """ + ReplayCommand.HELP;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    CommandLine(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    int run(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("replay")) {
            return ReplayCommand.run(List.of(arguments).subList(1, arguments.length), System.in, out, err);
        }
        return switch (String.join(" ", arguments)) {
            case "", "serve" -> withConfiguration(this::serve);
            case "migrate" -> withStore(store -> printDone(store.migrate()));
            case "check" -> withConfiguration(this::check);
            case "install" -> withStore(store -> printDone(store.install() ? "installed and filled" : "already installed"));
            case "audit" -> withStore(store -> printAudit(store.audit()));
            case "rebuild" -> withStore(store -> {
                store.rebuild();
                return printDone("rebuilt");
            });
            case "uninstall" -> withStore(store -> printDone(store.uninstall() ? "uninstalled" : "nothing to uninstall"));
            case "help", "--help", "-h" -> printHelp();
            default -> unknownCommand(String.join(" ", arguments));
        };
    }

    private int withConfiguration(Function<Configuration, Integer> command) {
        try {
            var configuration = Configuration.from(environment);
            LogLevels.setRoot(configuration.telemetry().logLevel());
            return command.apply(configuration);
        } catch (InvalidSettingsException faulty) {
            err.println(faulty.getMessage());
            return EXIT_USAGE;
        }
    }

    private int serve(Configuration configuration) {
        try {
            var server = AnalyticsServer.start(configuration.service(), configuration.telemetry(), configuration.store());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
            return KEEP_RUNNING;
        } catch (AnalyticsServer.ServerStartException failure) {
            err.println(failure.getMessage());
            return EXIT_FAILURE;
        }
    }

    private int withStore(Function<Store, Integer> command) {
        return withConfiguration(configuration -> {
            try {
                return command.apply(configuration.store());
            } catch (StoreCommandException failure) {
                err.println(failure.getMessage());
                return EXIT_FAILURE;
            }
        });
    }

    private int printAudit(AuditResult audit) {
        audit.differences().forEach(out::println);
        if (audit.isClean()) {
            return printDone("no difference");
        }
        out.println("differences: " + audit.total() + ". The command rebuild makes the roll-ups anew.");
        return EXIT_FAILURE;
    }

    private int printDone(String done) {
        out.println(done);
        return EXIT_SUCCESS;
    }

    private int check(Configuration configuration) {
        try (var store = configuration.store().open(LedgerObserver.NO_OP)) {
            withRetries(new ReadinessService(store.ledger())::ensureReady);
            out.println("ready");
            store.operations().findWarnings().forEach(warning -> out.println("warning: " + warning));
            return EXIT_SUCCESS;
        } catch (UnavailableException failure) {
            err.println("not ready: " + failure.reason());
            return EXIT_FAILURE;
        }
    }

    /** The first connection of a cold process may take longer than a connection in service is allowed to. */
    private static void withRetries(Runnable check) {
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                check.run();
                return;
            } catch (UnavailableException notYet) {
                // The last attempt reports the failure.
            }
        }
        check.run();
    }

    private int printHelp() {
        out.print(USAGE);
        return EXIT_SUCCESS;
    }

    private int unknownCommand(String arguments) {
        err.println("There is no command '" + arguments + "'.");
        err.print(USAGE);
        return EXIT_USAGE;
    }
}
