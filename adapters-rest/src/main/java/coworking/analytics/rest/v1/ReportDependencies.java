package coworking.analytics.rest.v1;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.SpaceClock;
import java.time.InstantSource;

/**
 * What the reports of v1 need.
 *
 * @param analytics answers their queries
 * @param now the time of a call
 * @param clock the space's clock
 * @param nameAccess checks access to members' names
 */
public record ReportDependencies(SpaceAnalytics analytics, InstantSource now, SpaceClock clock, NameAccess nameAccess) {

    /** The time of a call that has come now. */
    AsOf asOf(DayStart dayStart) {
        return new AsOf(now.instant(), dayStart, clock);
    }
}
