package coworking.analytics.ops.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that people write by hand. */
final class TextFile {

    private TextFile() {}

    /** Lines that are neither blank nor comments. */
    static List<String> significantLines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }

    static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("not a number: " + text.strip(), none);
        }
    }
}
