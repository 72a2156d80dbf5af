/**
 * What the outside may ask of the hexagon: {@code UsageReports} and {@code SpaceAnalytics} for callers, {@code Readiness} for those who route
 * them here.
 */
package coworking.analytics.application.port.in;
