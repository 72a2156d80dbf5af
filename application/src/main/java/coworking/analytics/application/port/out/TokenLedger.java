package coworking.analytics.application.port.out;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads facts about tokens from a store, counted at the requested grain. The domain defines what the facts mean.
 *
 * <p>The contract, which {@code TokenLedgerContract} in the contract kit checks clause by clause:
 *
 * <ol>
 *   <li><b>C1 Days.</b> {@link #dayCounts()} equals {@link DayCounts#of} of all tokens: a token counts for the date of its creation. It
 *       counts as issued, and as used if it has a time of use, whatever that time is.
 *   <li><b>C2 Users.</b> {@link #userCounts()} equals {@link PackedUserCounts#of} of all users and tokens: users without a token are
 *       absent, tokens of unknown users count.
 *   <li><b>C3 Order.</b> Days ascend as dates, users ascend as numbers: 9 before 10.
 *   <li><b>C4 Absence.</b> If there are no tokens, the result is empty; that is no failure. A user who is unknown, or whose joining was
 *       not recorded, has no date of joining.
 *   <li><b>C5 Time.</b> Dates and times are read as the store holds them, to the microsecond, whatever the time zone of this process. A
 *       store's "infinity" is the last microsecond of the year 9999, its "-infinity" the first of the year 1.
 *   <li><b>C6 Freshness.</b> A result includes everything that was committed before the call.
 *   <li><b>C7 Snapshot.</b> A result shows one state of the store: a change is included as a whole or not at all.
 *   <li><b>C8 Failure.</b> If the ledger cannot be read for any reason, the call throws {@link UnavailableException}. It never throws
 *       another exception, and never returns an empty or a partial result instead. The next call tries again.
 *   <li><b>C9 Readability.</b> {@link #ensureReadable()} returns if and only if tokens can be read. Its cost does not depend on the number
 *       of tokens.
 *   <li><b>C10 Version.</b> If two {@linkplain #version() versions}, read one after the other, are equal, then every call that began after
 *       the first read and ended before the second shows the same state. So a version never returns after another one was read. Its cost
 *       does not depend on the size of the store. A store that cannot tell its version returns none; that is always correct.
 *   <li><b>C11 Snapshot reads.</b> All calls on one {@link LedgerSnapshot} show one state, which is no older than the call of
 *       {@link #withSnapshot}. They equal the domain's definitions for the same users and tokens; the methods are numbered there, F1 to F13.
 * </ol>
 *
 * <p>All methods may be called by many threads at once.
 */
public interface TokenLedger {

    /**
     * The counts of each day that has a token.
     *
     * @return days ascending, each once; unmodifiable
     * @throws UnavailableException if the store cannot be read
     */
    List<DayCounts> dayCounts();

    /**
     * The counts of each user who has a token.
     *
     * @throws UnavailableException if the store cannot be read
     */
    PackedUserCounts userCounts();

    /**
     * Returns if tokens can be read now.
     *
     * @throws UnavailableException if they cannot
     */
    void ensureReadable();

    /**
     * The version of the store's present state, which shows whether an earlier result is still valid (C10).
     *
     * @return empty if the store cannot tell whether anything changed
     * @throws UnavailableException if the store has versions, but cannot be read
     */
    Optional<LedgerVersion> version();

    /**
     * Runs several reads on one state (C11).
     *
     * @param reads makes calls on the snapshot and returns a result; its exceptions are passed on as they are
     * @throws UnavailableException if the store cannot be read
     */
    <T> T withSnapshot(Function<LedgerSnapshot, T> reads);
}
