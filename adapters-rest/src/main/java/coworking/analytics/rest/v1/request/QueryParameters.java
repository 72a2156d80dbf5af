package coworking.analytics.rest.v1.request;

import coworking.analytics.rest.http.ParameterError;
import coworking.analytics.rest.http.Problem;
import coworking.analytics.rest.http.ProblemException;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A query, read parameter by parameter. An invalid one is recorded and has its default value until {@link #throwIfInvalid}, so that one
 * response lists all errors. A parameter that the report does not read is an error, too: otherwise a misspelt name would be ignored.
 */
public final class QueryParameters {

    /** More errors than this help no reader. */
    private static final int MAX_ERRORS = 50;

    private final QueryString query;
    private final Set<String> readNames = new LinkedHashSet<>();
    private final Map<String, Object> interpreted = new LinkedHashMap<>();
    private final List<ParameterError> errors = new ArrayList<>();

    QueryParameters(QueryString query) {
        this.query = query;
    }

    public static QueryParameters of(ServerRequest request) {
        return new QueryParameters(QueryString.parse(request.prologue().query().rawValue()));
    }

    /** Parses a parameter. */
    public <T> T get(ParameterSpec<T> parameter) {
        readNames.add(parameter.name());
        var value = interpret(parameter);
        interpreted.put(parameter.name(), parameter.formatter().apply(value));
        return value;
    }

    private <T> T interpret(ParameterSpec<T> parameter) {
        var values = query.values(parameter.name());
        if (values.isEmpty()) {
            return parameter.defaultValue();
        }
        var value = values.getFirst().flatMap(parameter.parser());
        if (values.size() > 1) {
            addError(parameter.name(), "is given " + values.size() + " times", "once, " + parameter.allowed());
        } else if (value.isEmpty()) {
            addError(parameter.name(), values.getFirst().map(QueryParameters::reasonFor).orElse("is not percent-encoded UTF-8"),
                    parameter.allowed());
        }
        return value.orElse(parameter.defaultValue());
    }

    private static String reasonFor(String value) {
        return value.isEmpty() ? "is empty" : "is not an allowed value";
    }

    /** Whether the query has the parameter, even with an invalid value. */
    boolean isGiven(ParameterSpec<?> parameter) {
        return !query.values(parameter.name()).isEmpty();
    }

    /** Records an error, for example of a combination of parameters. */
    void addError(String parameter, String reason, String allowed) {
        errors.add(new ParameterError(parameter, reason, allowed));
    }

    /** Whether a parameter has no error so far. */
    boolean isValid(ParameterSpec<?> parameter) {
        return errors.stream().noneMatch(error -> error.parameter().equals(parameter.name()));
    }

    /** Throws a problem if the query has errors or further parameters. To be called after the last parameter. */
    public void throwIfInvalid() {
        query.names().stream().filter(name -> !readNames.contains(name)).limit(MAX_ERRORS)
                .forEach(name -> addError(name, "is unknown", allowedNames()));
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalidParameters(errors));
        }
    }

    private String allowedNames() {
        return readNames.isEmpty() ? "no parameter at all" : String.join(", ", readNames);
    }

    public QueryString query() {
        return query;
    }

    /** The formatted values of all parameters that were read, by name. */
    public Map<String, Object> interpreted() {
        return interpreted;
    }

    /** Replaces the formatted value of a parameter. */
    void setInterpreted(ParameterSpec<?> parameter, Object value) {
        interpreted.put(parameter.name(), value);
    }

    /** Removes a parameter from the formatted values. */
    public void hide(ParameterSpec<?> parameter) {
        interpreted.remove(parameter.name());
    }
}
