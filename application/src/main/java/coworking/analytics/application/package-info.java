/**
 * The services that answer callers (the ports in {@code port.in}) by asking a ledger (the port in {@code port.out}).
 *
 * <p>They choose which facts a question needs and let the domain turn facts into the answer; they know neither HTTP nor SQL nor
 * the time of day. What those who run a space may ask is a {@code Question} each; what is the same for all of them is in
 * {@code Conversation}. {@link coworking.analytics.application.SharedRead} is how many callers cost the ledger no more than one, and
 * {@link coworking.analytics.application.CheckedRead} how a store that did not change costs it no facts.
 */
package coworking.analytics.application;
