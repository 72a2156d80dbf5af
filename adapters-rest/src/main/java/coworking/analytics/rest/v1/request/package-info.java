/** Query parameters of v1: parsing, and the errors that name each faulty one. */
@NullMarked
package coworking.analytics.rest.v1.request;

import org.jspecify.annotations.NullMarked;
