package coworking.analytics.ops.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A single-file program of ops/cost, run as somebody at the project's root would. */
record Program(int status, String output) {

    static final Path ROOT = root();

    static Program run(String source, Object... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), source));
        List.of(arguments).forEach(argument -> command.add(argument.toString()));
        var process = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            var text = new String(out.readAllBytes(), UTF_8);
            return new Program(process.waitFor(), text);
        }
    }

    /** Its lines with every run of blanks as one. */
    List<String> lines() {
        return output.lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    private static Path root() {
        var directory = Path.of("").toAbsolutePath();
        return Files.exists(directory.resolve("ops/cost")) ? directory : directory.resolve("..").normalize();
    }
}
