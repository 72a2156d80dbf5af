package coworking.analytics.application.port.out;

import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.UserTallies;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the hexagon needs to know about tokens: facts, tallied at the grain asked for. What they mean is the domain's business.
 *
 * <p>The contract, which {@code TokenLedgerContract} in the contract kit checks clause by clause:
 *
 * <ol>
 *   <li><b>C1 Days.</b> {@link #dayTallies()} equals {@link DayTally#of} of all tokens: every token counts for the date of its
 *       creation, issued always, used where it has a time of use, whatever that time is.
 *   <li><b>C2 Users.</b> {@link #userTallies()} equals {@link UserTallies#of} of all users and tokens: users without a token are
 *       absent, tokens of unknown users count.
 *   <li><b>C3 Order.</b> Days ascend as dates, users ascend as numbers: 9 before 10.
 *   <li><b>C4 Absence.</b> Where there are no tokens the answer is empty, not a failure. A user who is unknown, or whose joining
 *       was not recorded, has no date of joining.
 *   <li><b>C5 Time.</b> Dates and times are handed over as they stand in the store, to the microsecond, whatever the time zone of
 *       this process. A store's "infinity" is the last microsecond of the year 9999, its "-infinity" the first of the year 1.
 *   <li><b>C6 Freshness.</b> What was committed before the call is in the answer.
 *   <li><b>C7 Snapshot.</b> One answer shows one state of the store: no change is half in it.
 *   <li><b>C8 Failure.</b> Whatever keeps the ledger from answering is a {@link LedgerUnavailable}, never another exception, an
 *       empty answer or a partial one; the next call tries anew.
 *   <li><b>C9 Readability.</b> {@link #ensureReadable()} returns exactly where tokens can be read, and costs the same however many
 *       there are.
 *   <li><b>C10 Version.</b> Where two {@linkplain #version() versions}, read one after the other, are equal, every answer asked for
 *       after the first and finished before the second shows the same state. So a version never returns once another was read. It
 *       costs the same however much the store holds. A store that cannot tell has none, and none is never wrong.
 *   <li><b>C11 Conversation.</b> Everything that is asked of one {@link Facts} shows one state, which is no older than the call of
 *       {@link #converse}. It is what the domain says of the same users and tokens; what may be asked is numbered there, F1 to F12.
 * </ol>
 *
 * <p>Calls come from many threads at once.
 */
public interface TokenLedger {

    /**
     * The tally of each day that has a token.
     *
     * @return days ascending, each once; unmodifiable
     * @throws LedgerUnavailable where the store does not answer
     */
    List<DayTally> dayTallies();

    /**
     * The tally of each user who has a token.
     *
     * @throws LedgerUnavailable where the store does not answer
     */
    UserTallies userTallies();

    /**
     * Returns where tokens can be read now.
     *
     * @throws LedgerUnavailable where they cannot
     */
    void ensureReadable();

    /**
     * The mark of the store's present state, by which an answer in hand is known to stand (C10).
     *
     * @return empty where the store cannot tell whether anything changed
     * @throws LedgerUnavailable where the store could tell, but does not answer
     */
    Optional<Version> version();

    /**
     * Asks several things of one state (C11).
     *
     * @param questions asks, and returns what the caller wants to know; what it throws comes out as it is
     * @throws LedgerUnavailable where the store does not answer
     */
    <T> T converse(Function<Facts, T> questions);
}
