/** JSON lines on standard output, log levels, the log context, and failures that are logged once until they change. */
@NullMarked
package coworking.analytics.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
