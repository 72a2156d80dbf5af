package coworking.analytics.bootstrap.logging;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fields that are added to every line a thread logs; other frameworks call this MDC. The supplier runs only when a line is written. */
public final class LogContext {

    private static final ThreadLocal<@Nullable Supplier<Map<String, String>>> FIELDS = new ThreadLocal<>();

    private LogContext() {}

    public static void set(Supplier<Map<String, String>> fields) {
        FIELDS.set(fields);
    }

    public static void clear() {
        FIELDS.set(null);
    }

    static Map<String, String> fields() {
        var supplier = FIELDS.get();
        return supplier == null ? Map.of() : supplier.get();
    }
}
