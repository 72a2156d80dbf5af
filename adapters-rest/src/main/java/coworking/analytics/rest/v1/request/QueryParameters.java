package coworking.analytics.rest.v1.request;

import coworking.analytics.rest.http.ParameterError;
import coworking.analytics.rest.http.ParameterError.ErrorCode;
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
        if (values.size() > 1 && !parameter.isList()) {
            addError(parameter, ErrorCode.REPEATED_PARAMETER, "is given " + values.size() + " times", "once, " + parameter.allowed());
            return parameter.defaultValue();
        }
        return joined(values).map(text -> parse(text, parameter)).orElseGet(() -> {
            addError(parameter, ErrorCode.INVALID_ENCODING, "is not percent-encoded UTF-8", parameter.allowed());
            return parameter.defaultValue();
        });
    }

    /** The values with commas between; empty if one of them is not percent-encoded UTF-8. */
    private static Optional<String> joined(List<Optional<String>> values) {
        return values.stream().reduce((one, other) -> one.flatMap(text -> other.map(more -> text + "," + more))).orElseThrow();
    }

    private <T> T parse(String text, ParameterSpec<T> parameter) {
        return parameter.parser().apply(text).orElseGet(() -> {
            if (text.isEmpty()) {
                addError(parameter, ErrorCode.EMPTY_VALUE, "is empty", parameter.allowed());
            } else {
                addError(parameter, ErrorCode.INVALID_VALUE, "is not an allowed value", parameter.allowed());
            }
            return parameter.defaultValue();
        });
    }

    /** Whether the query has the parameter, even with an invalid value. */
    boolean isGiven(ParameterSpec<?> parameter) {
        return !query.values(parameter.name()).isEmpty();
    }

    /** Records an error, for example of a combination of parameters. */
    void addError(ParameterSpec<?> parameter, ErrorCode code, String reason, String allowed) {
        addError(parameter.name(), code, reason, allowed);
    }

    private void addError(String parameter, ErrorCode code, String reason, String allowed) {
        errors.add(new ParameterError(parameter, code, query.values(parameter).getFirst(), reason, allowed));
    }

    /** Whether a parameter has no error so far. */
    boolean isValid(ParameterSpec<?> parameter) {
        return errors.stream().noneMatch(error -> error.parameter().equals(parameter.name()));
    }

    /** Throws a problem if the query has errors or further parameters. To be called after the last parameter. */
    public void throwIfInvalid() {
        query.names().stream().filter(name -> !readNames.contains(name)).limit(MAX_ERRORS)
                .forEach(name -> addError(name, ErrorCode.UNKNOWN_PARAMETER, "is unknown", allowedNames()));
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
