package coworking.analytics.ops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The project's files, read strictly: no key twice, nothing after the end. */
public final class Project {

    public static final Path ROOT = root();

    private static final ObjectMapper JSON = strict(JsonMapper.builder(new JsonFactory()));
    private static final ObjectMapper YAML = strict(YAMLMapper.builder(new YAMLFactory()));

    private Project() {}

    private static Path root() {
        var directory = Path.of("").toAbsolutePath();
        return Files.exists(directory.resolve("ops/cloudwatch")) ? directory : directory.resolve("..").normalize();
    }

    private static ObjectMapper strict(com.fasterxml.jackson.databind.cfg.MapperBuilder<?, ?> builder) {
        return builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    }

    public static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public static JsonNode json(String text) {
        return parsed(JSON, text);
    }

    /** One document. */
    public static JsonNode yaml(String text) {
        return parsed(YAML, text);
    }

    private static JsonNode parsed(ObjectMapper mapper, String text) {
        try {
            return mapper.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** The lines of a file of the tests' resources that are neither blank nor comments. */
    public static List<String> resource(String name) {
        return text("ops/src/test/resources/" + name).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    /** Parameters for {@code ops/cloudwatch/deploy}. */
    public static Map<String, String> parameters(String environment) {
        var parameters = new TreeMap<String, String>();
        text("ops/cloudwatch/" + environment + ".txt").lines().filter(line -> !line.startsWith("#"))
                .forEach(line -> parameters.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return parameters;
    }
}
