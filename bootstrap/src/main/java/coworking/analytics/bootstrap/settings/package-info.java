/** The settings, read from environment variables and checked together. */
@NullMarked
package coworking.analytics.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
