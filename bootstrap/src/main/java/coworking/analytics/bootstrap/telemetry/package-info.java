/** One count of requests and its three exporters (Prometheus, CloudWatch, log), other meters, and the state that the management port reports. */
@NullMarked
package coworking.analytics.bootstrap.telemetry;

import org.jspecify.annotations.NullMarked;
