package coworking.analytics.bootstrap.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, texts, longs, doubles and truth values; a name that comes twice is a failure, as is anything behind the end. */
public final class StrictJson {

    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private StrictJson() {}

    public static Map<String, Object> parseObject(String text) {
        try (var json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object: " + text);
            }
            var object = parseObject(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("more than an object: " + text);
            }
            return object;
        } catch (IOException failure) {
            throw new UncheckedIOException(text, failure);
        }
    }

    private static Map<String, Object> parseObject(JsonParser json) throws IOException {
        var object = new LinkedHashMap<String, Object>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            var value = parseValue(json);
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private static @Nullable Object parseValue(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> parseObject(json);
            case START_ARRAY -> parseArray(json);
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> json.getText();
        };
    }

    private static List<@Nullable Object> parseArray(JsonParser json) throws IOException {
        var array = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(parseValue(json));
        }
        return array;
    }
}
