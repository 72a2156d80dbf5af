package coworking.analytics.rest.v1.request;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The names of values in queries and responses, in order. */
public final class EnumNames {

    private EnumNames() {}

    /** Each constant by its name in lower case. */
    @SafeVarargs
    public static <E extends Enum<E>> Map<String, E> of(E... constants) {
        var valuesByName = new LinkedHashMap<String, E>();
        for (var constant : constants) {
            valuesByName.put(nameOf(constant), constant);
        }
        return valuesByName;
    }

    public static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public static <T> Map<String, T> of(String name, T value, String otherName, T otherValue) {
        var valuesByName = new LinkedHashMap<String, T>();
        valuesByName.put(name, value);
        valuesByName.put(otherName, otherValue);
        return valuesByName;
    }
}
