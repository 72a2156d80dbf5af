package coworking.analytics.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Runs programs in the project's root. */
public final class Processes {

    private Processes() {}

    /** Runs a command with more variables than this process has, and without input. */
    public static ProcessResult run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(Project.ROOT.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        try (var out = process.getInputStream()) {
            var text = new String(out.readAllBytes(), UTF_8);
            return new ProcessResult(process.waitFor(), text);
        }
    }

    /** Whether a program is on the PATH. */
    public static boolean exists(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
