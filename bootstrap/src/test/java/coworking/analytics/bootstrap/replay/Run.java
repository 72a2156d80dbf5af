package coworking.analytics.bootstrap.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import coworking.analytics.bootstrap.replay.StandIn.Behaviour;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What the command left behind: its exit status and what it printed, line by line. */
record Run(int status, List<String> out, List<String> err) {

    /** Runs it with what is typed on standard input. */
    static Run withInput(String input, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = Replay.run(List.of(words), new ByteArrayInputStream(input.getBytes(ISO_8859_1)), new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        return new Run(status, out.toString(UTF_8).lines().toList(), err.toString(UTF_8).lines().toList());
    }

    static Run of(String... words) {
        return withInput("", words);
    }

    /** Replays one request to two services. */
    static Run one(String request, Behaviour from, Behaviour to) {
        try (var one = new StandIn(from); var other = new StandIn(to)) {
            return withInput(request, "--from", one.url(), "--to", other.url(), "--timeout", "5", "--all-methods", "--all-paths", "-");
        }
    }

    /** Replays what is built in to two services. */
    static Run builtIn(Behaviour from, Behaviour to) {
        try (var one = new StandIn(from); var other = new StandIn(to)) {
            return of("--from", one.url(), "--to", other.url(), "--timeout", "5");
        }
    }

    String last() {
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
