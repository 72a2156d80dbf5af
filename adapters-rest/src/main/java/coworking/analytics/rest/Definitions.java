package coworking.analytics.rest;

import coworking.analytics.domain.MetricDefinition;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the fields of a row mean, as links into the catalogue. */
final class Definitions {

    private static final String CATALOGUE = Call.ROOT + "metrics";

    private final Map<String, String> links = new LinkedHashMap<>();

    Definitions of(String field, MetricDefinition definition) {
        links.put(field, link(definition));
        return this;
    }

    Map<String, String> links() {
        return links;
    }

    static String link(MetricDefinition definition) {
        return CATALOGUE + "#" + definition.id();
    }
}
