package coworking.analytics.rest;

import coworking.analytics.domain.Days;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request is for.
 *
 * @param path as it is spelt without percent signs
 * @param reading its query, read to the end
 */
record Target(String path, Reading reading) {

    static Target of(ServerRequest request, Reading reading) {
        return new Target(request.path().absolute().path(), reading);
    }

    /** The link to the same again. */
    String self() {
        var query = reading.query().toString();
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The link to the page that begins at a position. */
    String next(String position) {
        return path + "?" + reading.query().with(Parameters.CURSOR.name(), position);
    }

    /** The same link as a header (RFC 8288). */
    Header link(String position) {
        return HeaderValues.create(HeaderNames.LINK, "<" + next(position) + ">; rel=\"next\"");
    }

    /** The query as it was understood, and which days came out of it. */
    Map<String, Object> query(Optional<Days> days) {
        var query = new LinkedHashMap<>(reading.understood());
        query.computeIfPresent(Parameters.FROM.name(), (name, asked) -> days.<Object>map(Days::first).orElse(asked));
        query.computeIfPresent(Parameters.TO.name(), (name, asked) -> days.<Object>map(Days::last).orElse(asked));
        return query;
    }
}
