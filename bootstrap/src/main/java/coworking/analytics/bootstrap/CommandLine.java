package coworking.analytics.bootstrap;

import coworking.analytics.application.ReadinessService;
import coworking.analytics.application.port.in.Unavailable;
import coworking.analytics.bootstrap.replay.Replay;
import coworking.analytics.postgres.Audit;
import coworking.analytics.postgres.MigrationFailed;
import coworking.analytics.postgres.Migrations;
import coworking.analytics.postgres.PostgresTokenLedger;
import coworking.analytics.postgres.Rollups;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The commands, and what each leaves as the process's exit status. */
final class CommandLine {

    /** Not a status: the service has started, and the process goes on until somebody ends it. */
    static final int RUNNING = -1;

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private static final int ATTEMPTS = 3;

    private static final String USAGE = """
            Usage: java -jar coworking-analytics.jar [COMMAND]

            Commands:
              serve      answer HTTP requests until SIGTERM (the default)
              migrate    create the tables where they are missing, adopt them where they are not, and exit
              check      exit with 0 where the tokens are readable, else with 1 and the reason
              install    put roll-ups beside the tables, so that reports cost the same however many tokens there are;
                         writers may go on
              audit      compare the roll-ups with the tables; exit with 1 and the differences where there are any
              rebuild    make the roll-ups anew from the tables
              uninstall  take the roll-ups away and leave the tables as they were
              replay     ask two running services the same, as in replay --from URL --to URL, and print where their answers
                         differ; exit with 0 where they do not, else with 1
              help       print this

            Settings come from the environment, except for replay, which needs none:
            """ + Settings.HELP + """

            What replay takes:
            """ + Replay.HELP;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    CommandLine(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    int run(String... arguments) {
        var words = List.of(arguments);
        if (!words.isEmpty() && words.getFirst().equals("replay")) {
            return Replay.run(words.subList(1, words.size()), System.in, out, err);
        }
        return switch (String.join(" ", arguments)) {
            case "", "serve" -> withSettings(this::serve);
            case "migrate" -> withSettings(this::migrate);
            case "check" -> withSettings(this::check);
            case "install" -> withRollups(rollups -> say(rollups.install() ? "installed and filled" : "already installed"));
            case "audit" -> withRollups(rollups -> report(rollups.audit()));
            case "rebuild" -> withRollups(rollups -> {
                rollups.rebuild();
                return say("rebuilt");
            });
            case "uninstall" -> withRollups(rollups -> say(rollups.uninstall() ? "uninstalled" : "nothing to uninstall"));
            case "help", "--help", "-h" -> help();
            default -> misused(String.join(" ", arguments));
        };
    }

    private int withSettings(Function<Settings, Integer> command) {
        try {
            var settings = Settings.from(environment);
            LogLevels.set(LogLevels.ROOT, settings.telemetry().logLevel());
            return command.apply(settings);
        } catch (Settings.Faulty faulty) {
            err.println(faulty.getMessage());
            return WRONG_USE;
        }
    }

    private int serve(Settings settings) {
        try {
            var service = Service.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
            return RUNNING;
        } catch (Service.NotStarted failure) {
            err.println(failure.getMessage());
            return FAILED;
        }
    }

    private int migrate(Settings settings) {
        try {
            out.println(Migrations.of(settings.database()).run());
            return DONE;
        } catch (MigrationFailed failure) {
            err.println(failure.getMessage());
            return FAILED;
        }
    }

    private int withRollups(Function<Rollups, Integer> command) {
        return withSettings(settings -> {
            try {
                return command.apply(Rollups.of(settings.database()));
            } catch (MigrationFailed failure) {
                err.println(failure.getMessage());
                return FAILED;
            }
        });
    }

    private int report(Audit audit) {
        audit.differences().forEach(out::println);
        if (audit.isClean()) {
            return say("no difference");
        }
        out.println("differences: " + audit.total() + ". The command rebuild makes the roll-ups anew.");
        return FAILED;
    }

    private int say(String done) {
        out.println(done);
        return DONE;
    }

    private int check(Settings settings) {
        try (var ledger = PostgresTokenLedger.of(settings.database())) {
            patiently(new ReadinessService(ledger)::ensureReady);
            out.println("ready");
            return DONE;
        } catch (Unavailable failure) {
            err.println("not ready: " + failure.reason());
            return FAILED;
        }
    }

    /** The first connection of a cold process may take longer than one in service may. */
    private static void patiently(Runnable question) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                question.run();
                return;
            } catch (Unavailable notYet) {
                // The last attempt tells.
            }
        }
        question.run();
    }

    private int help() {
        out.print(USAGE);
        return DONE;
    }

    private int misused(String arguments) {
        err.println("There is no command '" + arguments + "'.");
        err.print(USAGE);
        return WRONG_USE;
    }
}
