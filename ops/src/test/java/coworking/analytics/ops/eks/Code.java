package coworking.analytics.ops.eks;

import static java.nio.charset.StandardCharsets.UTF_8;

import coworking.analytics.bootstrap.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the service itself says of its commands and settings, asked in a process of its own. */
final class Code {

    private static final String MAIN = Main.class.getName();

    static final String HELP = run(Map.of(), "help").output();

    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) {2,}\\S");
    private static final Pattern VARIABLE = Pattern.compile("\\b(?:DB|APP|OTEL)_[A-Z_]+\\b");

    private Code() {}

    record Ended(int status, String output) {}

    static Set<String> commands() {
        return found(COMMAND, 1);
    }

    static Set<String> variables() {
        return found(VARIABLE, 0);
    }

    private static Set<String> found(Pattern pattern, int group) {
        return pattern.matcher(HELP).results().map(result -> result.group(group)).collect(Collectors.toSet());
    }

    static int defaultOf(String variable) {
        var line = Pattern.compile("(?m)^ +" + variable + " +(\\d+) ").matcher(HELP);
        if (!line.find()) {
            throw new IllegalArgumentException("the help has no number for " + variable);
        }
        return Integer.parseInt(line.group(1));
    }

    static Ended run(Map<String, String> environment, String... arguments) {
        try {
            var process = start(environment, arguments);
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** Starts it with these variables and no others. */
    static Process start(Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-classpath",
                System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
