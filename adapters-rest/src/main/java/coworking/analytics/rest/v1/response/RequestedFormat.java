package coworking.analytics.rest.v1.response;

import coworking.analytics.rest.v1.request.QueryParameters;
import io.helidon.http.Headers;
import java.util.Optional;

/**
 * The format that a query asks for.
 *
 * @param format empty if the query leaves the choice to the header Accept
 * @param options how CSV and TSV are written
 */
public record RequestedFormat(Optional<ResponseFormat> format, DelimitedOptions options) {

    /** Reads the parameters, which {@code meta.query} does not repeat. */
    public static RequestedFormat of(QueryParameters parameters) {
        var format = parameters.get(ResponseFormat.PARAMETER);
        parameters.hide(ResponseFormat.PARAMETER);
        return new RequestedFormat(format, DelimitedOptions.of(parameters));
    }

    /** The requested format, or the one that the headers of the request prefer. */
    public ResponseFormat select(Headers request) {
        return format.orElseGet(() -> ResponseFormat.acceptedBy(request));
    }
}
