package coworking.analytics.bootstrap.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests, one a line: {@code METHOD PATH}, or a line of an access log that quotes {@code "METHOD PATH HTTP/1.1"} somewhere, as those of
 * nginx, Apache, Werkzeug and the load balancers of AWS do. Blank lines and lines that begin with {@code #} are passed over. Of requests
 * that come more than once, the first counts.
 */
final class CallFile {

    /** Each is sent to two services at least once; and so many are kept in memory. */
    static final int MOST = 1_000;

    private static final int FAULTS_NAMED = 10;
    private static final int SHOWN = 60;

    private static final String URL_OR_PATH = "(?:https?://[^\\s\"/?#]+(?=[/?\\s]|$))?((?:[/?][!-~&&[^\"]]*)?|\\*)";
    private static final Pattern PLAIN = Pattern
            .compile("([A-Za-z]++)[ \\t]++(?=\\S)" + URL_OR_PATH + "(?:[ \\t]++HTTP/\\d(?:\\.\\d)?+)?+");
    private static final Pattern QUOTED = Pattern.compile("\"([A-Za-z]++) ([!-~&&[^\"]]++) HTTP/\\d(?:\\.\\d)?+\"");
    private static final Pattern TARGET = Pattern.compile(URL_OR_PATH);

    private final boolean allMethods;
    private final boolean allPaths;
    private final Set<Call> calls = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();
    private int faulty;
    private int repeated;
    private int ofOtherMethods;
    private int forOtherPaths;
    private int beyondTheMost;

    private CallFile(boolean allMethods, boolean allPaths) {
        this.allMethods = allMethods;
        this.allPaths = allPaths;
    }

    /**
     * Reads to the end.
     *
     * @param allMethods whether requests count that are none of GET, HEAD and OPTIONS
     * @param allPaths whether requests count that are for none of the four URLs
     * @throws WrongUse where a line cannot be read, naming the first of them by their numbers, and where no request is left
     */
    static Script read(BufferedReader lines, boolean allMethods, boolean allPaths) throws IOException {
        var file = new CallFile(allMethods, allPaths);
        var number = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            file.take(++number, line.strip());
        }
        return file.script();
    }

    private void take(int number, String line) {
        if (!line.isEmpty() && !line.startsWith("#")) {
            parse(line).ifPresentOrElse(this::sort, () -> complain(number, line));
        }
    }

    /** The request of a line; empty where it has none. */
    static Optional<Call> parse(String line) {
        var plain = PLAIN.matcher(line);
        if (plain.matches()) {
            return Optional.of(new Call(plain.group(1), target(plain.group(2))));
        }
        var quoted = QUOTED.matcher(line);
        return quoted.find() ? Optional.of(quoted).flatMap(CallFile::quotedCall) : Optional.empty();
    }

    /** What proxies are asked for, neither a path nor an URL, counts as a path that nobody has. */
    private static Optional<Call> quotedCall(Matcher quoted) {
        var target = TARGET.matcher(quoted.group(2));
        return Optional.of(new Call(quoted.group(1), target.matches() ? target(target.group(1)) : quoted.group(2)));
    }

    private static String target(String behindTheHost) {
        return behindTheHost.isEmpty() || behindTheHost.startsWith("?") ? "/" + behindTheHost : behindTheHost;
    }

    private void sort(Call call) {
        if (!isWanted(call)) {
            forOtherPaths++;
        } else if (!allMethods && !call.isSafe()) {
            ofOtherMethods++;
        } else if (calls.contains(call)) {
            repeated++;
        } else if (calls.size() == MOST) {
            beyondTheMost++;
        } else {
            calls.add(call);
        }
    }

    private boolean isWanted(Call call) {
        return call.target().startsWith("/") && (allPaths || call.isForOneOfTheUrls());
    }

    private void complain(int number, String line) {
        faulty++;
        if (faults.size() < FAULTS_NAMED) {
            faults.add("  line " + number + ": " + Visible.beginning(line, SHOWN));
        }
    }

    private Script script() {
        if (faulty > 0) {
            throw new WrongUse("These lines are neither METHOD PATH nor quote \"METHOD PATH HTTP/1.1\":\n" + String.join("\n", faults)
                    + (faulty > faults.size() ? "\n  and " + (faulty - faults.size()) + " more" : ""));
        }
        if (calls.isEmpty()) {
            throw new WrongUse("There is no request to replay." + (leftOut().isEmpty() ? "" : " Left out: " + leftOut()));
        }
        return new Script(List.copyOf(calls), leftOut());
    }

    private String leftOut() {
        return String.join(", ", Stream.of(
                counted(repeated, "repeated"),
                counted(ofOtherMethods, "of other methods than GET, HEAD and OPTIONS (--all-methods takes them)"),
                counted(forOtherPaths, "for other paths than the four" + (allPaths ? "" : " (--all-paths takes them)")),
                counted(beyondTheMost, "beyond the first " + MOST + " different ones")).flatMap(Optional::stream).toList());
    }

    private static Optional<String> counted(int count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what);
    }
}
