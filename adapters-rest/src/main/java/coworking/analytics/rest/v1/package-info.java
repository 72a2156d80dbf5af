/** The v1 API: its reports, its table of routes and its description. */
@NullMarked
package coworking.analytics.rest.v1;

import org.jspecify.annotations.NullMarked;
