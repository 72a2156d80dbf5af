package coworking.analytics.ops.cost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environments of {@code environments.ini}. */
public final class Environments {

    private Environments() {}

    /** Reads what is billed, by environment. {@code [name : other]} inherits what it does not set from the other. */
    public static Map<String, Map<String, String>> read(Path file) throws IOException {
        var environments = new LinkedHashMap<String, Map<String, String>>();
        Map<String, String> current = new LinkedHashMap<>();
        for (var line : TextFile.significantLines(file)) {
            if (line.startsWith("[")) {
                var names = line.substring(1, line.length() - 1).split(":", 2);
                current = new LinkedHashMap<>(names.length == 1 ? Map.of() : parent(environments, names[1].strip()));
                environments.put(names[0].strip(), current);
            } else {
                var pair = line.split("=", 2);
                if (pair.length < 2) {
                    throw new IllegalArgumentException("neither [name] nor name = value: " + line);
                }
                current.put(pair[0].strip(), pair[1].strip());
            }
        }
        return environments;
    }

    private static Map<String, String> parent(Map<String, Map<String, String>> environments, String name) {
        var parent = environments.get(name);
        if (parent == null) {
            throw new IllegalArgumentException("no environment " + name);
        }
        return parent;
    }
}
