/**
 * Where everything meets: the command line ({@code Main}), the settings, and the composition root ({@code Service}), which wires the
 * hexagon by hand.
 *
 * <p>Only here is the environment read, the clock looked at and the process ended.
 */
@NullMarked
package coworking.analytics.bootstrap;

import org.jspecify.annotations.NullMarked;
