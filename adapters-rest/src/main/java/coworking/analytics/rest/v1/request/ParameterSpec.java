package coworking.analytics.rest.v1.request;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The specification of a query parameter.
 *
 * @param <T> the parsed value
 * @param name the name in the query
 * @param allowed a description of the valid values, for clients
 * @param defaultValue the value of an absent parameter
 * @param parser parses a text; empty if the text is invalid
 * @param formatter formats a value for {@code meta.query}: as a text, a number or a boolean, or an Optional of one
 * @param isList whether the query may have the parameter several times, as clients send lists; a text has commas between then
 */
public record ParameterSpec<T>(String name, String allowed, T defaultValue, Function<String, Optional<T>> parser,
        Function<T, ?> formatter, boolean isList) {

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int MAX_DIGITS = 18;

    /** A parameter that a query has once. */
    public ParameterSpec(String name, String allowed, T defaultValue, Function<String, Optional<T>> parser, Function<T, ?> formatter) {
        this(name, allowed, defaultValue, parser, formatter, false);
    }

    /** A parameter that a query may have several times. */
    static <T> ParameterSpec<T> list(String name, String allowed, T defaultValue, Function<String, Optional<T>> parser,
            Function<T, ?> formatter) {
        return new ParameterSpec<>(name, allowed, defaultValue, parser, formatter, true);
    }

    /** One of several names. */
    public static <T> ParameterSpec<T> choice(String name, T defaultValue, Map<String, T> valuesByName) {
        return new ParameterSpec<>(name, String.join(", ", valuesByName.keySet()), defaultValue,
                text -> Optional.ofNullable(valuesByName.get(text)), value -> nameOf(value, valuesByName));
    }

    private static <T> String nameOf(T value, Map<String, T> valuesByName) {
        return valuesByName.entrySet().stream().filter(entry -> entry.getValue().equals(value)).map(Map.Entry::getKey).findFirst()
                .orElseThrow();
    }

    /** A whole number. */
    public static ParameterSpec<Long> number(String name, long defaultValue, long min, long max) {
        return new ParameterSpec<>(name, "a whole number from " + min + " to " + max, defaultValue,
                text -> parseDigits(text).filter(number -> number >= min && number <= max), number -> number);
    }

    /** Parses digits; a number that is too great for a long becomes the greatest one. */
    private static Optional<Long> parseDigits(String text) {
        return Optional.of(text).filter(DIGITS.asMatchPredicate())
                .map(digits -> digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.valueOf(digits));
    }

    /** A parameter without a default value. */
    public static <T> ParameterSpec<Optional<T>> optional(String name, String allowed, Function<String, Optional<T>> parser,
            Function<T, ?> formatter) {
        return new ParameterSpec<>(name, allowed, Optional.empty(), text -> present(parser.apply(text)), value -> value.map(formatter));
    }

    private static <T> Optional<Optional<T>> present(Optional<T> value) {
        return value.isPresent() ? Optional.of(value) : Optional.empty();
    }
}
