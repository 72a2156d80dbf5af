package coworking.analytics.ops.cloudwatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs run as somebody at the project's root would. */
final class Programs {

    private Programs() {}

    record Ended(int status, String output) {}

    static Ended run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(Project.ROOT.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        try (var out = process.getInputStream()) {
            var text = new String(out.readAllBytes(), UTF_8);
            return new Ended(process.waitFor(), text);
        }
    }

    static boolean exists(String tool) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }
}
