package coworking.analytics.bootstrap.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coworking.analytics.bootstrap.replay.Comparison.Finding;
import coworking.analytics.bootstrap.replay.Comparison.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks two running services the same, one request at a time, and prints where their answers differ. */
public final class Replay {

    /** What the command takes, for whoever asks. */
    public static final String HELP = """
              --from URL                    the service that answers now, as in http://old:5153 or https://space.example/usage
              --to URL                      the one that is to take its place
              --timeout SECONDS             how long either may say nothing, 1 to 3600; 60 unless given
              --all-methods                 replays requests of FILE that are none of GET, HEAD and OPTIONS, too: once, without a body
              --all-paths                   replays requests of FILE for other paths than the four, too
              FILE                          requests to replay instead of the built-in ones, - for standard input; a line each:
                                            METHOD PATH, or a line of an access log with "METHOD PATH HTTP/1.1" in it, as nginx,
                                            Apache, Flask and AWS's load balancers write them; # begins a comment
            """;

    private static final int SAME = 0;
    private static final int DIFFERENT = 1;
    private static final int WRONG_USE = 2;

    /** Whoever leaves that many requests in a row unanswered, each at two looks, is not worth waiting for. */
    private static final int MOST_UNANSWERED = 2;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int OK = 200;

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;
    private final Comparison comparison;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private int asked;
    private int different;
    private int sameLater;
    private int unanswered;

    private Replay(Options options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
        comparison = new Comparison(options.from(), options.to(), options.patience(), PAUSE);
    }

    /**
     * Runs the command.
     *
     * @param words what stands behind the command's name
     * @param in where requests may come from
     * @return the exit status: 0 where all answers were the same, 1 where they were not or one was not to be had, 2 for wrong use
     */
    public static int run(List<String> words, InputStream in, PrintStream out, PrintStream err) {
        try {
            var options = Options.of(words);
            return new Replay(options, out, err).replay(script(options, in));
        } catch (WrongUse wrong) {
            err.println(wrong.getMessage());
            err.println(
                    "Usage: java -jar coworking-analytics.jar replay --from URL --to URL [OPTION]... [FILE], as the command help explains");
            return WRONG_USE;
        }
    }

    private static Script script(Options options, InputStream in) {
        return options.file().map(file -> read(file, options, in)).orElseGet(Script::builtIn);
    }

    /** In a character set in which nothing is malformed: what is sent in the end is ASCII. */
    private static Script read(String file, Options options, InputStream in) {
        try (var lines = file.equals("-")
                ? new BufferedReader(new InputStreamReader(in, ISO_8859_1))
                : Files.newBufferedReader(Path.of(file), ISO_8859_1)) {
            return CallFile.read(lines, options.allMethods(), options.allPaths());
        } catch (NoSuchFileException missing) {
            throw new WrongUse("There is no file " + file);
        } catch (IOException | InvalidPathException failure) {
            throw new WrongUse("The file " + file + " cannot be read: " + failure.getMessage());
        }
    }

    private int replay(Script script) {
        if (!isTheService(options.from()) || !isTheService(options.to())) {
            return DIFFERENT;
        }
        for (var call : script.calls()) {
            if (unanswered < MOST_UNANSWERED) {
                tell(call, comparison.of(call));
            }
        }
        return conclude(script);
    }

    /** Two that are both something else would answer the same, and prove nothing; and what is no such service is not sent a POST. */
    private boolean isTheService(Site site) {
        var call = new Call("GET", Call.HEALTH);
        try (var exchange = Exchange.begin(site, call, options.patience())) {
            var head = exchange.head();
            if (head.status() == OK && exchange.beginning(head).strip().equals("ok")) {
                return true;
            }
            err.println(site + " is not such a service: it answers " + call + " with " + head.status()
                    + (head.status() == OK ? ", but not with ok" : ""));
        } catch (NoAnswer failure) {
            err.println(site + " cannot be asked: " + failure.reason());
        }
        return false;
    }

    private void tell(Call call, Finding finding) {
        asked++;
        count(finding);
        if (finding.isDifference()) {
            different++;
            out.println(call);
            finding.differences().forEach(line -> out.println("  " + line));
        }
    }

    private void count(Finding finding) {
        if (finding.verdict() == Verdict.SAME_LATER) {
            sameLater++;
        }
        switch (finding.last()) {
            case Answered answered -> {
                statuses.merge(answered.from().status(), 1, Integer::sum);
                unanswered = 0;
            }
            case Unanswered none -> unanswered++;
        }
    }

    private int conclude(Script script) {
        if (!script.leftOut().isEmpty()) {
            out.println("left out: " + script.leftOut());
        }
        if (!statuses.isEmpty()) {
            out.println("from answered: " + statuses.entrySet().stream().map(status -> status.getValue() + " with " + status.getKey())
                    .collect(Collectors.joining(", ")));
        }
        if (sameLater > 0) {
            out.println("the same only when looked at again, as where data changes: " + sameLater);
        }
        if (asked < script.calls().size()) {
            out.println("given up after " + MOST_UNANSWERED + " requests in a row without an answer; not asked: "
                    + (script.calls().size() - asked));
        }
        out.println(counted(asked, "request") + ", " + counted(different, "difference"));
        return different == 0 ? SAME : DIFFERENT;
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
