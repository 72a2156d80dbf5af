/**
 * The command {@code replay}: sends the same requests to two running services and reports where their responses differ. It depends on
 * no other module, and {@code serve} loads none of it.
 */
@NullMarked
package coworking.analytics.replay;

import org.jspecify.annotations.NullMarked;
