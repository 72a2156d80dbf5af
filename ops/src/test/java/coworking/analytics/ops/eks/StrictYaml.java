package coworking.analytics.ops.eks;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import coworking.analytics.ops.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Reads YAML as the API server would: no unknown field, no key twice, no number where text belongs. */
final class StrictYaml {

    static final Path OPS = Project.ROOT.resolve("ops");

    private static final YAMLMapper MAPPER = mapper();

    private StrictYaml() {}

    private static YAMLMapper mapper() {
        return YAMLMapper.builder(YAMLFactory.builder().build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new WithoutAnySetter())
                .withCoercionConfig(LogicalType.Textual, StrictYaml::nothingButText)
                .build();
    }

    private static void nothingButText(MutableCoercionConfig text) {
        for (var shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            text.setCoercion(shape, CoercionAction.Fail);
        }
    }

    static List<JsonNode> documents(String yaml) {
        try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll().stream().filter(document -> !document.isNull() && !document.isMissingNode()).toList();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    static <T> T as(Class<T> type, JsonNode document) {
        try {
            return MAPPER.treeToValue(document, type);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    static String text(String file) {
        return Project.text("ops/" + file);
    }

    /** The models keep unknown fields in a map of their own; without that map they are an error. */
    private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }
}
