/** Traces of requests, exported by OTLP where a collector is set. */
@NullMarked
package coworking.analytics.bootstrap.telemetry.tracing;

import org.jspecify.annotations.NullMarked;
