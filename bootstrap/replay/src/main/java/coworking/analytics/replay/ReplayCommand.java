package coworking.analytics.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coworking.analytics.replay.ResponseComparator.ComparisonResult;
import coworking.analytics.replay.ResponseComparator.ComparisonVerdict;
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

/** Sends the same requests to two running services, one at a time, and prints where their responses differ. */
public final class ReplayCommand {

    /** The arguments of the command. */
    public static final String HELP = """
              --from URL                    the service in use, such as http://old:5153 or https://space.example/usage
              --to URL                      the service that is to replace it
              --timeout SECONDS             how long either may send nothing, 1 to 3600; default 60
              --all-methods                 also replays methods other than GET, HEAD and OPTIONS from FILE: once, without a body
              --all-paths                   also replays requests from FILE for other paths than the four
              FILE                          requests to replay instead of the built-in ones, - for standard input; one a line:
                                            METHOD PATH, or a line of an access log with "METHOD PATH HTTP/1.1" in it, as nginx,
                                            Apache, Flask and AWS's load balancers write it; # begins a comment
            """;

    private static final int EXIT_SAME = 0;
    private static final int EXIT_DIFFERENT = 1;
    private static final int EXIT_USAGE = 2;

    /** After so many unanswered requests in a row, each tried twice, the command stops. */
    private static final int MAX_UNANSWERED = 2;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final int STATUS_OK = 200;

    private final ReplayOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final ResponseComparator comparator;
    private final Map<Integer, Integer> countsByStatus = new TreeMap<>();
    private int sentCount;
    private int differenceCount;
    private int sameAfterRetryCount;
    private int unansweredInARow;

    private ReplayCommand(ReplayOptions options, Duration pause, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
        comparator = new ResponseComparator(options.from(), options.to(), options.timeout(), pause);
    }

    /**
     * Runs the command.
     *
     * @param arguments the arguments after the command's name
     * @param in standard input, for requests
     * @return the exit status: 0 if all responses were the same, 1 if one differed or was missing, 2 for wrong use
     */
    public static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
        return run(arguments, RETRY_PAUSE, in, out, err);
    }

    /** Runs the command with another pause before it repeats a comparison. */
    static int run(List<String> arguments, Duration pause, InputStream in, PrintStream out, PrintStream err) {
        try {
            var options = ReplayOptions.parse(arguments);
            return new ReplayCommand(options, pause, out, err).replayAll(loadRequests(options, in));
        } catch (InvalidArgumentsException wrong) {
            err.println(wrong.getMessage());
            err.println(
                    "Usage: java -jar coworking-analytics.jar replay --from URL --to URL [OPTION]... [FILE], as the command help explains");
            return EXIT_USAGE;
        }
    }

    private static RequestList loadRequests(ReplayOptions options, InputStream in) {
        return options.file().map(file -> readFile(file, options, in)).orElseGet(RequestList::builtIn);
    }

    /** In a character set that has no malformed input: only ASCII is sent. */
    private static RequestList readFile(String file, ReplayOptions options, InputStream in) {
        try (var lines = file.equals("-")
                ? new BufferedReader(new InputStreamReader(in, ISO_8859_1))
                : Files.newBufferedReader(Path.of(file), ISO_8859_1)) {
            return RequestFile.read(lines, options.allMethods(), options.allPaths());
        } catch (NoSuchFileException missing) {
            throw new InvalidArgumentsException("There is no file " + file);
        } catch (IOException | InvalidPathException failure) {
            throw new InvalidArgumentsException("The file " + file + " cannot be read: " + failure.getMessage());
        }
    }

    private int replayAll(RequestList requestList) {
        if (!isUsageService(options.from()) || !isUsageService(options.to())) {
            return EXIT_DIFFERENT;
        }
        for (var request : requestList.requests()) {
            if (unansweredInARow < MAX_UNANSWERED) {
                printResult(request, comparator.compare(request));
            }
        }
        return printSummary(requestList);
    }

    /** Two services of another kind would give equal responses and prove nothing, and must not receive a POST. */
    private boolean isUsageService(ServiceUrl service) {
        var request = new ReplayRequest("GET", ReplayRequest.HEALTH_CHECK);
        try (var exchange = ReplayExchange.send(service, request, options.timeout())) {
            var head = exchange.readHead();
            if (head.status() == STATUS_OK && exchange.bodyPreview(head).strip().equals("ok")) {
                return true;
            }
            err.println(service + " is not this service: it answers " + request + " with " + head.status()
                    + (head.status() == STATUS_OK ? ", but not with ok" : ""));
        } catch (NoResponseException failure) {
            err.println(service + " is unavailable: " + failure.reason());
        }
        return false;
    }

    private void printResult(ReplayRequest request, ComparisonResult result) {
        sentCount++;
        countResult(result);
        if (result.isDifference()) {
            differenceCount++;
            out.println(request);
            result.differences().forEach(line -> out.println("  " + line));
        }
    }

    private void countResult(ComparisonResult result) {
        if (result.verdict() == ComparisonVerdict.SAME_AFTER_RETRY) {
            sameAfterRetryCount++;
        }
        switch (result.lastAttempt()) {
            case AnsweredAttempt answered -> {
                countsByStatus.merge(answered.from().status(), 1, Integer::sum);
                unansweredInARow = 0;
            }
            case FailedAttempt none -> unansweredInARow++;
        }
    }

    private int printSummary(RequestList requestList) {
        if (!requestList.omitted().isEmpty()) {
            out.println("left out: " + requestList.omitted());
        }
        if (!countsByStatus.isEmpty()) {
            out.println("from answered: " + countsByStatus.entrySet().stream().map(status -> status.getValue() + " with " + status.getKey())
                    .collect(Collectors.joining(", ")));
        }
        if (sameAfterRetryCount > 0) {
            out.println("the same only after a retry, because the data changed: " + sameAfterRetryCount);
        }
        if (sentCount < requestList.requests().size()) {
            out.println("stopped after " + MAX_UNANSWERED + " unanswered requests in a row; not sent: "
                    + (requestList.requests().size() - sentCount));
        }
        out.println(countText(sentCount, "request") + ", " + countText(differenceCount, "difference"));
        return differenceCount == 0 ? EXIT_SAME : EXIT_DIFFERENT;
    }

    private static String countText(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
