package coworking.analytics.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The query of a URL, taken apart: what was given of each parameter, in the order in which it was. */
final class Query {

    private final Map<String, List<Optional<String>>> given = new LinkedHashMap<>();

    private Query() {}

    /** Takes apart any text at all. */
    static Query of(String raw) {
        var query = new Query();
        for (int begin = 0; begin < raw.length();) {
            var end = raw.indexOf('&', begin) < 0 ? raw.length() : raw.indexOf('&', begin);
            query.add(raw.substring(begin, end));
            begin = end + 1;
        }
        return query;
    }

    private void add(String pair) {
        var sign = pair.indexOf('=');
        var name = sign < 0 ? pair : pair.substring(0, sign);
        if (!pair.isEmpty()) {
            given.computeIfAbsent(PercentText.decode(name).orElse(name), first -> new ArrayList<>(1))
                    .add(PercentText.decode(sign < 0 ? "" : pair.substring(sign + 1)));
        }
    }

    /** The names of all parameters, each once. */
    List<String> names() {
        return List.copyOf(given.keySet());
    }

    /** The values of a parameter; those that are no text (a percent sign that encodes nothing) are empty. */
    List<Optional<String>> values(String name) {
        return given.getOrDefault(name, List.of());
    }

    /** The same query with another value of one parameter, which goes last. */
    String with(String name, String value) {
        return Stream.concat(pairs().filter(pair -> !pair.startsWith(PercentText.encode(name) + "=")), Stream.of(pair(name, value)))
                .collect(Collectors.joining("&"));
    }

    /** All of it, encoded anew. */
    @Override
    public String toString() {
        return pairs().collect(Collectors.joining("&"));
    }

    private Stream<String> pairs() {
        return given.entrySet().stream()
                .flatMap(each -> each.getValue().stream().flatMap(Optional::stream).map(value -> pair(each.getKey(), value)));
    }

    private static String pair(String name, String value) {
        return PercentText.encode(name) + "=" + PercentText.encode(value);
    }
}
