/**
 * The command {@code replay}: asks two running services the same and tells where their answers differ. A tool of its own; {@code serve}
 * loads none of it.
 */
@NullMarked
package coworking.analytics.bootstrap.replay;

import org.jspecify.annotations.NullMarked;
