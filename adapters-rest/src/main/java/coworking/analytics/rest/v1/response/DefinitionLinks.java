package coworking.analytics.rest.v1.response;

import coworking.analytics.domain.report.MetricDefinition;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metric of each field of a row, for links into the catalogue. */
public final class DefinitionLinks {

    private final Map<String, MetricDefinition> definitions = new LinkedHashMap<>();

    public DefinitionLinks add(String field, MetricDefinition definition) {
        definitions.put(field, definition);
        return this;
    }

    /** The links by field. */
    Map<String, String> links(ResourceLinks resource) {
        var links = new LinkedHashMap<String, String>();
        definitions.forEach((field, definition) -> links.put(field, resource.definition(definition)));
        return links;
    }
}
