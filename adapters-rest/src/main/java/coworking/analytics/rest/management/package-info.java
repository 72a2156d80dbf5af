/** The endpoints for operators: metrics, health, log levels and diagnosis. */
@NullMarked
package coworking.analytics.rest.management;

import org.jspecify.annotations.NullMarked;
