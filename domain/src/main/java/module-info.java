/** The definitions. The compiler proves that they need nothing but the Java language itself. */
module coworking.analytics.domain {
    exports coworking.analytics.domain.fact;
    exports coworking.analytics.domain.report;
    exports coworking.analytics.domain.time;
}
