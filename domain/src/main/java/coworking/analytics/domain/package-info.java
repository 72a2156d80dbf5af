/**
 * What the service counts, and what its reports mean.
 *
 * <p>Read {@link coworking.analytics.domain.Token} first, then the facts that tokens add up to
 * ({@link coworking.analytics.domain.DayTally}, {@link coworking.analytics.domain.UserTally}), then the reports that choose
 * among those facts ({@link coworking.analytics.domain.DailyUsage}, {@link coworking.analytics.domain.UserVisits}). Those are frozen.
 * For those who run a space there are more: each is made of facts by a method named {@code from} or {@code of} on its own type, what a
 * question asks for is resolved by {@link coworking.analytics.domain.RequestedDays} and cut by
 * {@link coworking.analytics.domain.Timetable}, and {@link coworking.analytics.domain.MetricDefinition} says what each number means.
 * Everything here is an immutable value or a pure function. Dates and times are the wall clock of the coworking space and know no zone;
 * nothing is ever null; nothing may assume that a token was created after its user joined, or used after it was created.
 */
package coworking.analytics.domain;
