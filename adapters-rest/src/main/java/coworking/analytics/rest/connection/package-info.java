/** The connections of a listener: what a request may take before anything of it is parsed, and which bytes are a request at all. */
@NullMarked
package coworking.analytics.rest.connection;

import org.jspecify.annotations.NullMarked;
