package coworking.analytics.bootstrap.replay;

import java.util.Optional;

/**
 * A look at which both have answered.
 *
 * @param parting where their bodies part; empty where they do not, or do not count
 */
record Answered(Answer from, Answer to, Optional<Lockstep.Parting> parting) implements Look {}
