package coworking.analytics.rest.v1.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parsed query of a URL: the values of each parameter, in order. */
public final class QueryString {

    private final Map<String, List<Optional<String>>> valuesByName = new LinkedHashMap<>();

    private QueryString() {}

    /** Parses any text. */
    static QueryString parse(String raw) {
        var query = new QueryString();
        for (int begin = 0; begin < raw.length();) {
            var end = raw.indexOf('&', begin) < 0 ? raw.length() : raw.indexOf('&', begin);
            query.add(raw.substring(begin, end));
            begin = end + 1;
        }
        return query;
    }

    private void add(String pair) {
        var equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        if (!pair.isEmpty()) {
            valuesByName.computeIfAbsent(PercentEncoding.decode(name).orElse(name), first -> new ArrayList<>(1))
                    .add(PercentEncoding.decode(equals < 0 ? "" : pair.substring(equals + 1)));
        }
    }

    /** The names of all parameters, each once. */
    List<String> names() {
        return List.copyOf(valuesByName.keySet());
    }

    /** The values of a parameter; one with invalid percent-encoding is empty. */
    List<Optional<String>> values(String name) {
        return valuesByName.getOrDefault(name, List.of());
    }

    /** The same query with another value of one parameter, at the end. */
    public String with(String name, String value) {
        return Stream.concat(pairs().filter(pair -> !pair.startsWith(PercentEncoding.encode(name) + "=")), Stream.of(pair(name, value)))
                .collect(Collectors.joining("&"));
    }

    /** The query with normalized percent-encoding. */
    @Override
    public String toString() {
        return pairs().collect(Collectors.joining("&"));
    }

    private Stream<String> pairs() {
        return valuesByName.entrySet().stream()
                .flatMap(
                        parameter -> parameter.getValue().stream().flatMap(Optional::stream).map(value -> pair(parameter.getKey(), value)));
    }

    private static String pair(String name, String value) {
        return PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value);
    }
}
