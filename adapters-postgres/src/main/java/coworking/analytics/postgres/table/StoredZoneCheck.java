package coworking.analytics.postgres.table;

import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.postgres.connection.DatabaseClient;
import coworking.analytics.postgres.connection.SqlQuery;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Compares the zone in which the tables were written, according to the settings of this service, with the zone in which the database's
 * sessions write timestamps.
 */
public final class StoredZoneCheck {

    // The driver sets the zone of its sessions to that of this process, so "SHOW timezone" would tell the latter. Only superusers can read the
    // server's file of settings, but initdb writes the same zone for sessions and for the log into it.
    private static final SqlQuery DATABASE_ZONE = new SqlQuery("time zone", """
            SELECT (SELECT split_part(setting, '=', 2)
                    FROM pg_db_role_setting, unnest(setconfig) AS setting
                    WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND lower(setting) LIKE 'timezone=%') AS zone_of_database,
                   current_setting('log_timezone') AS zone_of_log""");

    private StoredZoneCheck() {}

    /** A sentence about a difference; empty if there is none, or if the zones have the same rules. */
    public static Optional<String> warning(DatabaseClient database, SpaceClock clock) {
        return database.query(DATABASE_ZONE.name(), connection -> DATABASE_ZONE.single(connection, row -> {
            var ofDatabase = Optional.ofNullable(row.getString("zone_of_database"));
            var zone = ofDatabase.orElse(row.getString("zone_of_log"));
            return Optional.of(zone).filter(name -> !hasRulesOf(clock.stored(), name))
                    .map(name -> "The tables are read as written in the time "
                            + "zone " + clock.stored() + " (DB_TIME_ZONE), but the database " + (ofDatabase.isPresent()
                                    ? "writes in " + name + " (its setting \"timezone\")."
                                    : "probably writes in " + name + ", as its log (\"log_timezone\")."));
        }));
    }

    private static boolean hasRulesOf(ZoneId zone, String name) {
        return ZoneId.getAvailableZoneIds().stream().filter(name::equalsIgnoreCase)
                .anyMatch(known -> SpaceClock.of(zone, ZoneId.of(known)).isIdentity());
    }
}
