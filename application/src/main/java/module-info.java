/** The hexagon: ports on either side and the services between them. */
module coworking.analytics.application {
    requires transitive coworking.analytics.domain;

    exports coworking.analytics.application;
    exports coworking.analytics.application.port;
    exports coworking.analytics.application.port.in;
    exports coworking.analytics.application.port.out;
    exports coworking.analytics.application.query;
}
