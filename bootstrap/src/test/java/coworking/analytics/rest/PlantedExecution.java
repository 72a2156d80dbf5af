package coworking.analytics.rest;

import coworking.analytics.application.query.ArrivalsQuery;
import coworking.analytics.application.query.ReportContext;

/** Breaks a rule on purpose; see ArchitectureTest. */
record PlantedExecution(ReportContext context) {

    Object result() {
        return new ArrivalsQuery(true).execute(context);
    }
}
