/** The four URLs of the original service, frozen to the byte. */
@NullMarked
package coworking.analytics.rest.original;

import org.jspecify.annotations.NullMarked;
