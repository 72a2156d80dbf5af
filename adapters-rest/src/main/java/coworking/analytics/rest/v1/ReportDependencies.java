package coworking.analytics.rest.v1;

import coworking.analytics.application.port.in.SpaceAnalytics;
import java.time.LocalDateTime;
import java.util.function.Supplier;

/**
 * What the reports of v1 need.
 *
 * @param analytics answers their queries
 * @param clock the space's local time
 * @param nameAccess checks access to members' names
 */
public record ReportDependencies(SpaceAnalytics analytics, Supplier<LocalDateTime> clock, NameAccess nameAccess) {}
