package coworking.analytics.rest;

import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A query, read parameter by parameter. A wrong one is remembered and stands for its fallback until {@link #complain}, so that whoever
 * got several wrong learns of all at once; so is one that nobody read, since a misspelt name would otherwise change an answer in silence.
 */
final class Reading {

    /** As many as a person reads. */
    private static final int MOST_FAULTS = 50;

    private final Query query;
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, Object> understood = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    Reading(Query query) {
        this.query = query;
    }

    static Reading of(ServerRequest request) {
        return new Reading(Query.of(request.prologue().query().rawValue()));
    }

    /** What a parameter means. */
    <T> T get(Parameter<T> parameter) {
        known.add(parameter.name());
        var meaning = meaning(parameter);
        understood.put(parameter.name(), parameter.shown().apply(meaning));
        return meaning;
    }

    private <T> T meaning(Parameter<T> parameter) {
        var values = query.values(parameter.name());
        if (values.isEmpty()) {
            return parameter.fallback();
        }
        var meaning = values.getFirst().flatMap(parameter.meaning());
        if (values.size() > 1) {
            fault(parameter.name(), "is given " + values.size() + " times", "once, " + parameter.allowed());
        } else if (meaning.isEmpty()) {
            fault(parameter.name(), values.getFirst().map(Reading::whatIsWrongWith).orElse("is not percent-encoded UTF-8"),
                    parameter.allowed());
        }
        return meaning.orElse(parameter.fallback());
    }

    private static String whatIsWrongWith(String value) {
        return value.isEmpty() ? "is empty" : "is none of those that are allowed";
    }

    /** Whether a parameter was given, with whatever value. */
    boolean isGiven(Parameter<?> parameter) {
        return !query.values(parameter.name()).isEmpty();
    }

    /** Something is wrong that shows only when parameters are seen together. */
    void fault(String parameter, String reason, String allowed) {
        faults.add(new Fault(parameter, reason, allowed));
    }

    /** Whether nothing was wrong so far with a parameter. */
    boolean isSound(Parameter<?> parameter) {
        return faults.stream().noneMatch(fault -> fault.parameter().equals(parameter.name()));
    }

    /** Ends the reading. */
    void complain() {
        query.names().stream().filter(name -> !known.contains(name)).limit(MOST_FAULTS)
                .forEach(name -> fault(name, "is unknown", names()));
        if (!faults.isEmpty()) {
            throw new Refusal(Problem.notUnderstood(faults));
        }
    }

    private String names() {
        return known.isEmpty() ? "no parameter at all" : String.join(", ", known);
    }

    Query query() {
        return query;
    }

    /** All that was read, by name, as it was understood. */
    Map<String, Object> understood() {
        return understood;
    }

    /** Tells a parameter to the caller in another way than as it was read. */
    void understand(Parameter<?> parameter, Object value) {
        understood.put(parameter.name(), value);
    }

    /** Tells the caller nothing of a parameter. */
    void keepQuietOf(Parameter<?> parameter) {
        understood.remove(parameter.name());
    }
}
