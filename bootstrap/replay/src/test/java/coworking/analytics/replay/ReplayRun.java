package coworking.analytics.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import coworking.analytics.replay.ReplayStubServer.StubResponder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the command left behind: its exit status and what it printed, line by line. */
record ReplayRun(int status, List<String> out, List<String> err) {

    /** The stand-ins change their answers when they are asked, and not with time. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** Runs it with what is typed on standard input. */
    static ReplayRun withInput(String input, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = ReplayCommand.run(List.of(words), PAUSE, new ByteArrayInputStream(input.getBytes(ISO_8859_1)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        return new ReplayRun(status, out.toString(UTF_8).lines().toList(), err.toString(UTF_8).lines().toList());
    }

    static ReplayRun of(String... words) {
        return withInput("", words);
    }

    /** Replays one request to two services. */
    static ReplayRun ofRequest(String request, StubResponder from, StubResponder to) {
        try (var one = new ReplayStubServer(from); var other = new ReplayStubServer(to)) {
            return withInput(request, "--from", one.url(), "--to", other.url(), "--timeout", "5", "--all-methods", "--all-paths", "-");
        }
    }

    /** Replays what is built in to two services. */
    static ReplayRun builtIn(StubResponder from, StubResponder to) {
        try (var one = new ReplayStubServer(from); var other = new ReplayStubServer(to)) {
            return of("--from", one.url(), "--to", other.url(), "--timeout", "5");
        }
    }

    String lastLine() {
        return out.getLast();
    }

    /** What is said of the requests that differ. */
    List<String> differences() {
        var lines = new ArrayList<>(out);
        lines.removeIf(line -> line.startsWith("from answered: "));
        lines.removeLast();
        return lines;
    }
}
