/** The interfaces that the composition root implements for this adapter, and the types that they use. */
@NullMarked
package coworking.analytics.rest.spi;

import org.jspecify.annotations.NullMarked;
