package coworking.analytics.ops.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The status and the output, errors included, that a program ends with. */
record Output(int status, String text) {

    static final Path COST = cost();

    /** The {@code run} of a program. */
    interface Program {

        int run(PrintStream out, PrintStream err, String... arguments) throws IOException;
    }

    static Output of(Program program, Object... arguments) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, UTF_8)) {
            var status = program.run(out, out, Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
            return new Output(status, bytes.toString(UTF_8));
        }
    }

    /** Its lines with every run of blanks as one. */
    List<String> lines() {
        return text.lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    /** Maven runs tests in the module; an IDE may run them in the project. */
    private static Path cost() {
        var directory = Path.of("").toAbsolutePath();
        return Files.exists(directory.resolve("prices.csv")) ? directory : directory.resolve("ops/cost");
    }
}
