/** Responses of v1: rows, formats, the JSON envelope and links. */
@NullMarked
package coworking.analytics.rest.v1.response;

import org.jspecify.annotations.NullMarked;
