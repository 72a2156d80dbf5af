/** The HTTP layer without any report: filters, error mapping, representations, conditional requests, problem details. */
@NullMarked
package coworking.analytics.rest.http;

import org.jspecify.annotations.NullMarked;
