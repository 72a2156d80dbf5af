package coworking.analytics.replay;

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
 * nginx, Apache, Werkzeug and the load balancers of AWS do. Blank lines and lines that begin with {@code #} are skipped. Of requests
 * that come more than once, the first counts.
 */
final class RequestFile {

    /** Each is sent to two services at least once, and all are kept in memory. */
    static final int MAX_REQUESTS = 1_000;

    private static final int MAX_FAULTS_SHOWN = 10;
    private static final int MAX_LINE_SHOWN = 60;

    private static final String URL_OR_PATH = "(?:https?://[^\\s\"/?#]+(?=[/?\\s]|$))?((?:[/?][!-~&&[^\"]]*)?|\\*)";
    private static final Pattern PLAIN_LINE = Pattern
            .compile("([A-Za-z]++)[ \\t]++(?=\\S)" + URL_OR_PATH + "(?:[ \\t]++HTTP/\\d(?:\\.\\d)?+)?+");
    private static final Pattern QUOTED_LINE = Pattern.compile("\"([A-Za-z]++) ([!-~&&[^\"]]++) HTTP/\\d(?:\\.\\d)?+\"");
    private static final Pattern TARGET = Pattern.compile(URL_OR_PATH);

    private final boolean allMethods;
    private final boolean allPaths;
    private final Set<ReplayRequest> requests = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();
    private int faultCount;
    private int repeatedCount;
    private int otherMethodCount;
    private int otherPathCount;
    private int beyondMaxCount;

    private RequestFile(boolean allMethods, boolean allPaths) {
        this.allMethods = allMethods;
        this.allPaths = allPaths;
    }

    /**
     * Reads to the end.
     *
     * @param allMethods whether to include methods other than GET, HEAD and OPTIONS
     * @param allPaths whether to include paths other than the four URLs
     * @throws InvalidArgumentsException if a line is malformed, naming the first of them by number, or if no request is left
     */
    static RequestList read(BufferedReader lines, boolean allMethods, boolean allPaths) throws IOException {
        var file = new RequestFile(allMethods, allPaths);
        var number = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            file.addLine(++number, line.strip());
        }
        return file.toRequestList();
    }

    private void addLine(int number, String line) {
        if (!line.isEmpty() && !line.startsWith("#")) {
            parse(line).ifPresentOrElse(this::addOrCount, () -> addFault(number, line));
        }
    }

    /** The request in a line; empty if it has none. */
    static Optional<ReplayRequest> parse(String line) {
        var plain = PLAIN_LINE.matcher(line);
        if (plain.matches()) {
            return Optional.of(new ReplayRequest(plain.group(1), target(plain.group(2))));
        }
        var quoted = QUOTED_LINE.matcher(line);
        return quoted.find() ? Optional.of(quoted).flatMap(RequestFile::quotedRequest) : Optional.empty();
    }

    /** A proxy request, whose target is neither a path nor a URL, counts as another path. */
    private static Optional<ReplayRequest> quotedRequest(Matcher quoted) {
        var target = TARGET.matcher(quoted.group(2));
        return Optional.of(new ReplayRequest(quoted.group(1), target.matches() ? target(target.group(1)) : quoted.group(2)));
    }

    private static String target(String behindTheHost) {
        return behindTheHost.isEmpty() || behindTheHost.startsWith("?") ? "/" + behindTheHost : behindTheHost;
    }

    private void addOrCount(ReplayRequest request) {
        if (!isWanted(request)) {
            otherPathCount++;
        } else if (!allMethods && !request.isSafe()) {
            otherMethodCount++;
        } else if (requests.contains(request)) {
            repeatedCount++;
        } else if (requests.size() == MAX_REQUESTS) {
            beyondMaxCount++;
        } else {
            requests.add(request);
        }
    }

    private boolean isWanted(ReplayRequest request) {
        return request.target().startsWith("/") && (allPaths || request.isForOriginalPath());
    }

    private void addFault(int number, String line) {
        faultCount++;
        if (faults.size() < MAX_FAULTS_SHOWN) {
            faults.add("  line " + number + ": " + Escaped.truncated(line, MAX_LINE_SHOWN));
        }
    }

    private RequestList toRequestList() {
        if (faultCount > 0) {
            throw new InvalidArgumentsException(
                    "These lines are neither METHOD PATH nor quote \"METHOD PATH HTTP/1.1\":\n" + String.join("\n", faults)
                            + (faultCount > faults.size() ? "\n  and " + (faultCount - faults.size()) + " more" : ""));
        }
        if (requests.isEmpty()) {
            throw new InvalidArgumentsException("There is no request to replay." + (omitted().isEmpty() ? "" : " Left out: " + omitted()));
        }
        return new RequestList(List.copyOf(requests), omitted());
    }

    private String omitted() {
        return String.join(", ", Stream.of(
                counted(repeatedCount, "repeated"),
                counted(otherMethodCount, "of other methods than GET, HEAD and OPTIONS (--all-methods takes them)"),
                counted(otherPathCount, "for other paths than the four" + (allPaths ? "" : " (--all-paths takes them)")),
                counted(beyondMaxCount, "beyond the first " + MAX_REQUESTS + " different ones")).flatMap(Optional::stream).toList());
    }

    private static Optional<String> counted(int count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what);
    }
}
