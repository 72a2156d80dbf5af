/** The driving ports: {@code UsageReports} and {@code SpaceAnalytics} for callers, {@code Readiness} for load balancers and probes. */
package coworking.analytics.application.port.in;
