/** The one way to repeat a task: a failed run does not end the schedule. */
@NullMarked
package coworking.analytics.bootstrap.schedule;

import org.jspecify.annotations.NullMarked;
