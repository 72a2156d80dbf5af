package coworking.analytics.application.port.out;

import java.util.List;

/**
 * The result of comparing derived data with the facts it was derived from.
 *
 * @param differences the first differences, one sentence each; unmodifiable
 * @param total the number of all differences
 */
public record AuditResult(List<String> differences, long total) {

    /** Copies the list. */
    public AuditResult {
        differences = List.copyOf(differences);
    }

    /** Whether the derived data equals the facts. */
    public boolean isClean() {
        return total == 0;
    }
}
