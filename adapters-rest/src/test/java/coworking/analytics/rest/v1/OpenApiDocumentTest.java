package coworking.analytics.rest.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import coworking.analytics.rest.v1.OpenApiContract.ContractNode;
import coworking.analytics.rest.v1.OpenApiContract.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What openapi.yaml is by itself. {@code OpenApiConformanceTest} holds it against the service. */
class OpenApiDocumentTest {

    private static final String OFFICIAL = "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07";
    private static final OpenApiContract CONTRACT = OpenApiContract.read();

    @Test
    void theOfficialSchemaFindsNothingWrong() {
        assertThat(officially(CONTRACT.root())).isEmpty();
    }

    @Test
    void theOfficialSchemaWouldFindMistakes() {
        assertThat(officially(with("/info", "titel", "misspelt"))).isNotEmpty();
        assertThat(officially(with("/components/parameters/Limit", "in", "nowhere"))).isNotEmpty();
        assertThat(officially(with("/components/schemas/UserId", "type", "whole number"))).isNotEmpty();
    }

    private static List<?> officially(JsonNode description) {
        return SchemaRegistry
                .withDefaultDialect(SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(OpenApiDocumentTest::official))
                .getSchema(SchemaLocation.of(OFFICIAL)).validate(description);
    }

    /** The address of an official schema is the name of its file in the library that brings it. */
    private static String official(String address) {
        try (InputStream file = requireNonNull(OpenApiDocumentTest.class.getResourceAsStream(address.replaceFirst("^https:/", "")))) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode with(String place, String field, String value) {
        var copy = CONTRACT.root().deepCopy();
        ((ObjectNode) copy.at(place)).put(field, value);
        return copy;
    }

    @Test
    void theJsonSaysWhatTheYamlSaysInTheSameOrder() {
        assertThat(new String(OpenApiContract.resource("openapi.json"), UTF_8))
                .isEqualTo(JsonMapper.shared().writeValueAsString(CONTRACT.root()) + "\n");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(CONTRACT.root().at("/info/version").asString()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void whatIsDefinedIsReferredTo() {
        var text = CONTRACT.root().toString();
        var defined = CONTRACT.root().get("components").properties().stream().filter(kind -> !kind.getKey().equals("securitySchemes"))
                .flatMap(kind -> kind.getValue().properties().stream()
                        .map(one -> "#/components/" + kind.getKey() + "/" + one.getKey()));
        assertThat(defined).isNotEmpty().allSatisfy(name -> assertThat(text).contains("\"" + name + "\""));
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        assertThat(CONTRACT.operations()).extracting(operation -> operation.node().node().get("operationId").asString())
                .hasSize(16).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatAParameterIsWithoutAValueIsAllowedAsOne(Operation operation) {
        assertThat(operation.parameters("query").stream().map(parameter -> parameter.get("schema")).filter(schema -> schema.has("default")))
                .allSatisfy(schema -> assertThat(schema.errorsOf(schema.node().get("default"))).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyExampleIsWhatItsSchemaAllows(Operation operation) {
        assertThat(described(operation).filter(place -> !place.examples().isEmpty())).allSatisfy(place -> assertThat(place.examples())
                .allSatisfy(example -> assertThat(place.get("schema").errorsOf(example)).as(place.pointer()).isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyAnswerAndEveryParameterButTheCursorHasAnExample(Operation operation) {
        assertThat(described(operation).filter(place -> place.examples().isEmpty())).extracting(ContractNode::pointer)
                .isSubsetOf("/components/parameters/Cursor");
    }

    /** All that has a schema and may have examples. */
    private static Stream<ContractNode> described(Operation operation) {
        var parameters = Stream.of("path", "query", "header").flatMap(in -> operation.parameters(in).stream());
        var answers = operation.node().get("responses").children().stream().map(Map.Entry::getValue)
                .flatMap(response -> Stream.of("headers", "content").filter(response::has).map(response::get))
                .flatMap(described -> described.children().stream()).map(Map.Entry::getValue);
        return Stream.concat(parameters, answers);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theColumnsOfTheExamplesAreTheFieldsOfARow(Operation operation) {
        var columns = columns(rowOf(operation));
        var plain = columns.stream().filter(column -> !column.endsWith("_name")).toList();
        assertThat(lines(operation, "text/csv")).allSatisfy(
                lines -> assertThat(List.of(lines[0].stripTrailing().split(","))).isIn(columns, plain));
        assertThat(lines(operation, "text/tab-separated-values")).allSatisfy(
                lines -> assertThat(List.of(lines[0].split("\t"))).isIn(columns, plain));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyLineOfAnNdjsonExampleIsARow(Operation operation) {
        var row = rowOf(operation);
        assertThat(lines(operation, "application/x-ndjson")).isNotEmpty().allSatisfy(lines -> assertThat(lines)
                .allSatisfy(line -> assertThat(row.errorsOf(JsonMapper.shared().readTree(line))).isEmpty()));
    }

    private static List<String[]> lines(Operation operation, String type) {
        return operation.response(200).get("content").get(type).examples().stream().map(example -> example.asString().split("\n")).toList();
    }

    static ContractNode rowOf(Operation operation) {
        return operation.response(200).get("content").get("application/json").get("schema").get("properties").get("data").get("items");
    }

    private static List<String> columns(ContractNode row) {
        return row.get("properties").children().stream().flatMap(field -> columns(field.getKey(), field.getValue().node())).toList();
    }

    private static Stream<String> columns(String field, JsonNode schema) {
        return switch (field) {
            case "hours" ->
                IntStream.range(0, schema.get("maxItems").asInt()).mapToObj(hour -> String.format(Locale.ROOT, "hour_%02d", hour));
            case "samples" -> IntStream.rangeClosed(1, schema.get("maxItems").asInt()).mapToObj(sample -> "sample_" + sample);
            default -> Stream.of(field);
        };
    }

    static List<Operation> operations() {
        return CONTRACT.operations();
    }

    static Stream<Operation> tables() {
        return CONTRACT.v1().stream().filter(operation -> operation.response(200).get("content").has("text/csv"));
    }
}
