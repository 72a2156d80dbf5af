package coworking.analytics.rest.v1;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import coworking.analytics.rest.UsageApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * openapi.yaml as the build left it, and a validator that holds things against its schemas.
 *
 * <p>Callers are told that fields may come along. Here none may: a field that the schemas do not name is an error.
 */
final class OpenApiContract {

    private static final String SCHEMA_BASE = "https://space.test/openapi";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NUMBER_OR_TRUTH = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?|true|false");

    private final JsonNode root;
    private final SchemaRegistry schemas;
    private final Map<String, Schema> schemasByPointer = new ConcurrentHashMap<>();

    private OpenApiContract(JsonNode root) {
        this.root = root;
        this.schemas = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31(), registry -> registry
                .schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build())
                .schemas(Map.of(SCHEMA_BASE, JSON.writeValueAsString(closed(root)))));
    }

    static OpenApiContract read() {
        return new OpenApiContract(new YAMLMapper().readTree(resource("openapi.yaml")));
    }

    /** A file of the build beside the adapter's classes. */
    static byte[] resource(String name) {
        try (InputStream file = requireNonNull(OpenApiResource.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode closed(JsonNode open) {
        var copy = open.deepCopy();
        Stream.concat(Stream.of(copy), copy.findParents("properties").stream())
                .filter(node -> node instanceof ObjectNode && node.has("properties") && !node.has("additionalProperties"))
                .forEach(node -> ((ObjectNode) node).put("additionalProperties", false));
        return copy;
    }

    JsonNode root() {
        return root;
    }

    /** All GETs, in the order of the file. */
    List<Operation> operations() {
        return root.get("paths").properties().stream()
                .map(path -> new Operation(path.getKey(), at("/paths/" + escaped(path.getKey()) + "/get"))).toList();
    }

    /** Those under /api/v1. */
    List<Operation> v1() {
        return operations().stream().filter(operation -> operation.path().startsWith("/api/v1/")).toList();
    }

    Operation operation(String path) {
        return operations().stream().filter(operation -> operation.path().equals(path)).findFirst().orElseThrow();
    }

    private ContractNode at(String pointer) {
        return new ContractNode(pointer, root.at(pointer)).resolved();
    }

    private static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }

    /** What is wrong with something, by the schema at a place; nothing where nothing is. */
    private String errors(ContractNode schema, JsonNode thing) {
        return schemasByPointer
                .computeIfAbsent(schema.pointer(), pointer -> schemas.getSchema(SchemaLocation.of(SCHEMA_BASE + "#" + pointer)))
                .validate(thing).stream().map(Error::toString).collect(joining("\n"));
    }

    /** A place in the file, past all references. */
    final class ContractNode {

        private final String pointer;
        private final JsonNode node;

        private ContractNode(String pointer, JsonNode node) {
            this.pointer = pointer;
            this.node = node;
        }

        private ContractNode resolved() {
            return node.has("$ref") ? at(node.get("$ref").stringValue().substring(1)) : this;
        }

        String pointer() {
            return pointer;
        }

        JsonNode node() {
            return node;
        }

        boolean has(String step) {
            return node.has(step);
        }

        ContractNode get(String step) {
            return at(pointer + "/" + escaped(step));
        }

        /** What is below, by name, in the order of the file. */
        List<Map.Entry<String, ContractNode>> children() {
            return node.properties().stream().map(entry -> Map.entry(entry.getKey(), get(entry.getKey()))).toList();
        }

        /** What is below of a list. */
        List<ContractNode> elements() {
            return Stream.iterate(0, index -> index + 1).limit(node.size()).map(index -> get(Integer.toString(index))).toList();
        }

        /** The faults of a thing by the schema here, of which a text stands for the number or truth value that it spells. */
        String errorsOf(String text) {
            return errors(this, parsed(text));
        }

        String errorsOf(JsonNode thing) {
            return errors(this, thing);
        }

        /** The same for a text that is a list, with commas between. */
        String errorsOfList(String text) {
            var list = JSON.createArrayNode();
            Stream.of(text.split(",", -1)).forEach(list::add);
            return errors(this, list);
        }

        private JsonNode parsed(String text) {
            return NUMBER_OR_TRUTH.matcher(text).matches() && !isText() ? JSON.readTree(text) : StringNode.valueOf(text);
        }

        private boolean isText() {
            return node.get("type").asString().equals("string");
        }

        /** All examples here, whether there is one or many. */
        List<JsonNode> examples() {
            return Stream.concat(
                    has("example") ? Stream.of(node.get("example")) : Stream.of(),
                    has("examples") ? get("examples").children().stream().map(entry -> entry.getValue().node().get("value")) : Stream.of())
                    .toList();
        }

        @Override
        public String toString() {
            return pointer;
        }
    }

    /** What a GET of one path takes and answers. */
    record Operation(String path, ContractNode node) {

        List<ContractNode> parameters(String in) {
            return node.has("parameters")
                    ? node.get("parameters").elements().stream().filter(parameter -> parameter.node().get("in").asString().equals(in))
                            .toList()
                    : List.of();
        }

        /** The names of all parameters of the query. */
        List<String> queryParameterNames() {
            return parameters("query").stream().map(parameter -> parameter.node().get("name").asString()).toList();
        }

        boolean allowsStatus(int status) {
            return node.get("responses").has(Integer.toString(status));
        }

        ContractNode response(int status) {
            return node.get("responses").get(Integer.toString(status));
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
