package coworking.analytics.rest.v1.response;

import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.rest.v1.request.CommonParameters;
import coworking.analytics.rest.v1.request.QueryParameters;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The links of a response.
 *
 * @param path the path of the request, without percent-encoding
 * @param parameters the parsed query
 * @param catalogue the path of the catalogue of metrics
 */
public record ResourceLinks(String path, QueryParameters parameters, String catalogue) {

    public static ResourceLinks of(ServerRequest request, QueryParameters parameters, String catalogue) {
        return new ResourceLinks(request.path().absolute().path(), parameters, catalogue);
    }

    /** The link to this response. */
    public String self() {
        var query = parameters.query().toString();
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The link to the next page. */
    String next(String pageToken) {
        return path + "?" + parameters.query().with(CommonParameters.CURSOR.name(), pageToken);
    }

    /** The link to the next page as a header (RFC 8288). */
    public Header linkHeader(String pageToken) {
        return HeaderValues.create(HeaderNames.LINK, "<" + next(pageToken) + ">; rel=\"next\"");
    }

    /** The link to the definition of a metric. */
    String definition(MetricDefinition metric) {
        return catalogue + "#" + metric.id();
    }

    /** The interpreted query, with the first and last day of the report. */
    Map<String, Object> queryMeta(Optional<DateRange> range) {
        var query = new LinkedHashMap<>(parameters.interpreted());
        query.computeIfPresent(CommonParameters.FROM.name(), (name, given) -> range.<Object>map(DateRange::first).orElse(given));
        query.computeIfPresent(CommonParameters.TO.name(), (name, given) -> range.<Object>map(DateRange::last).orElse(given));
        return query;
    }
}
