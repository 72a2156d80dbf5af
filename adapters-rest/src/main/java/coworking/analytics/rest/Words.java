package coworking.analytics.rest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words that stand for values in queries and answers, in the order in which they are listed. */
final class Words {

    private Words() {}

    /** Each constant by its own name in small letters. */
    @SafeVarargs
    static <E extends Enum<E>> Map<String, E> of(E... constants) {
        var words = new LinkedHashMap<String, E>();
        for (var constant : constants) {
            words.put(word(constant), constant);
        }
        return words;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <T> Map<String, T> of(String word, T value, String other, T otherValue) {
        var words = new LinkedHashMap<String, T>();
        words.put(word, value);
        words.put(other, otherValue);
        return words;
    }
}
