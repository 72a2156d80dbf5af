package coworking.analytics.rest;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A parameter that a resource takes.
 *
 * @param <T> what it means
 * @param name as it stands in a query
 * @param allowed which values there are, in words that callers read
 * @param fallback what it means where it is not given
 * @param meaning what a text means; empty where it is none of those allowed
 * @param shown how a meaning is told to the caller again, in {@code meta.query}: a text, a number or a truth value, or an Optional of one
 */
record Parameter<T>(String name, String allowed, T fallback, Function<String, Optional<T>> meaning, Function<T, ?> shown) {

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int MOST_DIGITS = 18;

    /** One of some words. */
    static <T> Parameter<T> choice(String name, T fallback, Map<String, T> words) {
        return new Parameter<>(name, String.join(", ", words.keySet()), fallback, text -> Optional.ofNullable(words.get(text)),
                value -> word(value, words));
    }

    private static <T> String word(T value, Map<String, T> words) {
        return words.entrySet().stream().filter(word -> word.getValue().equals(value)).map(Map.Entry::getKey).findFirst().orElseThrow();
    }

    /** A whole number. */
    static Parameter<Long> number(String name, long fallback, long least, long most) {
        return new Parameter<>(name, "a whole number from " + least + " to " + most, fallback,
                text -> digits(text).filter(number -> number >= least && number <= most), number -> number);
    }

    /** A whole number of 1 or more, which stands for {@code most} where it is greater. */
    static Parameter<Long> limit(String name, long fallback, long most) {
        return new Parameter<>(name, "a whole number from 1 on; more than " + most + " are as " + most, fallback,
                text -> digits(text).filter(number -> number >= 1).map(number -> Math.min(number, most)), number -> number);
    }

    /** The number that some digits are; the greatest there is where it would be greater. */
    private static Optional<Long> digits(String text) {
        return Optional.of(text).filter(DIGITS.asMatchPredicate())
                .map(digits -> digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.valueOf(digits));
    }

    /** Something that need not be given. */
    static <T> Parameter<Optional<T>> optional(String name, String allowed, Function<String, Optional<T>> meaning, Function<T, ?> shown) {
        return new Parameter<>(name, allowed, Optional.empty(), text -> given(meaning.apply(text)), value -> value.map(shown));
    }

    private static <T> Optional<Optional<T>> given(Optional<T> meaning) {
        return meaning.isPresent() ? Optional.of(meaning) : Optional.empty();
    }
}
