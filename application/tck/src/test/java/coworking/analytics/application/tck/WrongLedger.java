package coworking.analytics.application.tck;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.LedgerUnavailable;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.UserTallies;
import coworking.analytics.domain.UserTally;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A ledger that keeps the contract, together with the contract's tests of it. Each subclass breaks it in one way that somebody's
 * ledger might.
 */
abstract class WrongLedger extends TokenLedgerContract implements TokenLedger {

    final InMemoryTokenLedger truth = new InMemoryTokenLedger();

    @Override
    protected TokenLedger ledger() {
        return this;
    }

    @Override
    protected void commit(List<Change> changes) {
        truth.commit(changes);
    }

    @Override
    protected void setReachable(boolean reachable) {
        truth.setReachable(reachable);
    }

    @Override
    public List<DayTally> dayTallies() {
        return days(truth.reach());
    }

    @Override
    public UserTallies userTallies() {
        return users(truth.reach());
    }

    @Override
    public void ensureReadable() {
        truth.ensureReadable();
    }

    @Override
    public Optional<Version> version() {
        return truth.version();
    }

    @Override
    public <T> T converse(Function<Facts, T> questions) {
        return truth.converse(questions);
    }

    /** What this ledger makes of the days in one state of its store. */
    List<DayTally> days(Contents contents) {
        return contents.dayTallies();
    }

    /** What this ledger makes of the users in one state of its store. */
    UserTallies users(Contents contents) {
        return contents.userTallies();
    }

    static UserTallies tallies(Stream<UserTally> rows) {
        var tallies = new UserTallies.Builder();
        rows.forEach(tallies::add);
        return tallies.build();
    }

    static Stream<UserTally> rows(Contents contents) {
        return StreamSupport.stream(contents.userTallies().spliterator(), false);
    }

    static UserTally withJoinedAt(UserTally tally, Optional<LocalDateTime> joinedAt) {
        return new UserTally(tally.userId(), joinedAt, tally.issued(), tally.used());
    }

    /** Nothing wrong: whoever rejects this one rejects everything. */
    static final class Faultless extends WrongLedger {}

    static final class CountsUseForItsOwnDay extends WrongLedger {

        @Override
        List<DayTally> days(Contents contents) {
            return DayTally.of(contents.tokens().values().stream().map(this::movedToItsUse).toList());
        }

        private Token movedToItsUse(Token token) {
            return new Token(token.userId(), token.usedAt().orElse(token.createdAt()), token.usedAt());
        }
    }

    static final class BelievesThatTimeRunsForward extends WrongLedger {

        @Override
        List<DayTally> days(Contents contents) {
            return DayTally.of(contents.tokens().values().stream().map(this::unusedIfUsedTooSoon).toList());
        }

        private Token unusedIfUsedTooSoon(Token token) {
            return new Token(token.userId(), token.createdAt(), token.usedAt().filter(used -> !used.isBefore(token.createdAt())));
        }
    }

    static final class DropsTokensOfUnknownUsers extends WrongLedger {

        @Override
        UserTallies users(Contents contents) {
            return tallies(rows(contents).filter(tally -> contents.users().containsKey(tally.userId())));
        }
    }

    static final class ListsUsersWithoutTokens extends WrongLedger {

        @Override
        UserTallies users(Contents contents) {
            var busy = rows(contents).map(UserTally::userId).toList();
            var idle = contents.users().values().stream().filter(user -> !busy.contains(user.id()));
            var rows = Stream.concat(rows(contents), idle.map(user -> new UserTally(user.id(), user.joinedAt(), 1, 0)));
            return tallies(rows.sorted(Comparator.comparingLong(UserTally::userId)));
        }
    }

    static final class ListsDaysNewestFirst extends WrongLedger {

        @Override
        List<DayTally> days(Contents contents) {
            return contents.dayTallies().reversed();
        }
    }

    static final class SortsUsersAsText extends WrongLedger {

        @Override
        UserTallies users(Contents contents) {
            return tallies(rows(contents).sorted(Comparator.comparing(tally -> String.valueOf(tally.userId()))));
        }
    }

    static final class HandsOutAListThatCallersCanChange extends WrongLedger {

        @Override
        List<DayTally> days(Contents contents) {
            return new ArrayList<>(contents.dayTallies());
        }
    }

    static final class FailsWhereThereAreNoTokens extends WrongLedger {

        @Override
        List<DayTally> days(Contents contents) {
            var first = contents.dayTallies().getFirst();
            return contents.dayTallies().stream().filter(tally -> !tally.day().isBefore(first.day())).toList();
        }
    }

    static final class TakesAMissingDateForTheEpoch extends WrongLedger {

        private static final LocalDateTime EPOCH = LocalDateTime.parse("1970-01-01T00:00:00");

        @Override
        UserTallies users(Contents contents) {
            return tallies(rows(contents).map(tally -> withJoinedAt(tally, tally.joinedAt().or(() -> Optional.of(EPOCH)))));
        }
    }

    static final class ReadsTimesInTheZoneOfTheProcess extends WrongLedger {

        @Override
        UserTallies users(Contents contents) {
            return tallies(rows(contents).map(tally -> withJoinedAt(tally, tally.joinedAt().map(this::zoned))));
        }

        private LocalDateTime zoned(LocalDateTime time) {
            return time.atZone(ZoneId.systemDefault()).toLocalDateTime();
        }
    }

    static final class CutsDaysInTheZoneOfTheProcess extends WrongLedger {

        @Override
        List<DayTally> days(Contents contents) {
            return DayTally.of(contents.tokens().values().stream().map(this::zoned).toList());
        }

        private Token zoned(Token token) {
            var createdAt = token.createdAt().atZone(ZoneId.systemDefault()).toLocalDateTime();
            return new Token(token.userId(), createdAt, token.usedAt());
        }
    }

    static final class RoundsToMilliseconds extends WrongLedger {

        @Override
        UserTallies users(Contents contents) {
            return tallies(rows(contents).map(tally -> withJoinedAt(tally, tally.joinedAt().map(this::rounded))));
        }

        private LocalDateTime rounded(LocalDateTime time) {
            return time.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** Hands out what the call before had found, as a cache does that is refreshed behind the answer. */
    static final class IsOneCallBehind extends WrongLedger {

        private Optional<Contents> before = Optional.empty();

        @Override
        List<DayTally> days(Contents contents) {
            return behind(contents).dayTallies();
        }

        @Override
        UserTallies users(Contents contents) {
            return behind(contents).userTallies();
        }

        private synchronized Contents behind(Contents contents) {
            var answer = before.orElse(contents);
            before = Optional.of(contents);
            return answer;
        }
    }

    /** Takes two looks at a store that changes in between, where there is somebody to change it. */
    abstract static class LooksTwice extends WrongLedger {

        private static final int PATIENCE = 10_000;

        final Contents lookAgainAfter(Contents first) {
            for (var left = PATIENCE; left > 0 && truth.reach().equals(first); left--) {
                Thread.onSpinWait();
            }
            return truth.reach();
        }
    }

    static final class CountsHalfOfTheTokensLater extends LooksTwice {

        @Override
        List<DayTally> days(Contents contents) {
            return DayTally.of(Stream.concat(part(contents, 0), part(lookAgainAfter(contents), 1)).toList());
        }

        private static Stream<Token> part(Contents contents, int remainder) {
            return contents.tokens().keySet().stream().filter(id -> id % 2 == remainder).map(contents.tokens()::get);
        }
    }

    static final class ReadsUsersFirstAndTokensLater extends LooksTwice {

        @Override
        UserTallies users(Contents contents) {
            return UserTallies.of(contents.users().values(), lookAgainAfter(contents).tokens().values());
        }
    }

    static final class LetsTheDriversFailureThrough extends WrongLedger {

        @Override
        public List<DayTally> dayTallies() {
            return orFail(truth::dayTallies);
        }

        @Override
        public UserTallies userTallies() {
            return orFail(truth::userTallies);
        }

        private static <T> T orFail(Supplier<T> answer) {
            try {
                return answer.get();
            } catch (LedgerUnavailable failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    static final class AnswersNothingWhereTheStoreFails extends WrongLedger {

        @Override
        public List<DayTally> dayTallies() {
            try {
                return truth.dayTallies();
            } catch (LedgerUnavailable failure) {
                return List.of();
            }
        }
    }

    static final class AnswersFromMemoryWhereTheStoreFails extends WrongLedger {

        private UserTallies remembered = new UserTallies.Builder().build();

        @Override
        public UserTallies userTallies() {
            try {
                remembered = truth.userTallies();
            } catch (LedgerUnavailable failure) {
                return remembered;
            }
            return remembered;
        }
    }

    static final class NeverRecovers extends WrongLedger {

        private Optional<LedgerUnavailable> failed = Optional.empty();

        @Override
        public List<DayTally> dayTallies() {
            failed.ifPresent(failure -> {
                throw failure;
            });
            try {
                return truth.dayTallies();
            } catch (LedgerUnavailable failure) {
                failed = Optional.of(failure);
                throw failure;
            }
        }
    }

    static final class QuotesTheDriver extends WrongLedger {

        @Override
        public List<DayTally> dayTallies() {
            try {
                return truth.dayTallies();
            } catch (LedgerUnavailable failure) {
                throw new LedgerUnavailable("connection to db.internal:5432 refused",
                        new Exception("connection to db.internal:5432 refused"));
            }
        }
    }

    static final class IsAlwaysReadable extends WrongLedger {

        @Override
        public void ensureReadable() {}
    }

    static final class IsReadableOnlyWithTokens extends WrongLedger {

        @Override
        public void ensureReadable() {
            if (truth.reach().tokens().isEmpty()) {
                throw new LedgerUnavailable("there are no tokens", new IllegalStateException());
            }
        }
    }

    static final class ReadsEverythingToKnowWhetherItCan extends WrongLedger {

        @Override
        public void ensureReadable() {
            truth.dayTallies();
        }
    }

    static final class CountsTokensOnlyForItsVersion extends WrongLedger {

        @Override
        public Optional<Version> version() {
            return Optional.of(new Version("", truth.reach().tokens().size()));
        }
    }

    static final class LeavesUsersOutOfItsVersion extends WrongLedger {

        private final AtomicLong changes = new AtomicLong();

        @Override
        protected void commit(List<Change> changes) {
            super.commit(changes);
            if (!changes.stream().allMatch(change -> change instanceof Change.PutUser || change instanceof Change.RemoveUser)) {
                this.changes.incrementAndGet();
            }
        }

        @Override
        public Optional<Version> version() {
            truth.ensureReadable();
            return Optional.of(new Version("", changes.get()));
        }
    }

    /** As statistics do that a TRUNCATE resets. */
    static final class BeginsItsVersionAnewWithEachClear extends WrongLedger {

        private final AtomicLong changes = new AtomicLong();

        @Override
        protected void commit(List<Change> changes) {
            super.commit(changes);
            this.changes.updateAndGet(before -> changes.contains(new Change.Clear()) ? 0 : before + 1);
        }

        @Override
        public Optional<Version> version() {
            truth.ensureReadable();
            return Optional.of(new Version("", changes.get()));
        }
    }

    /** Counts in a transaction of its own, as a sequence does, so that the count may be ahead of what there is to see. */
    static final class TellsItsVersionBeforeTheCommit extends WrongLedger {

        private static final int READERS = 3;
        private static final int PATIENCE = 100;
        private static final long PAUSE_NANOS = 50_000;

        private final AtomicLong told = new AtomicLong();
        private final AtomicLong shown = new AtomicLong();
        private final AtomicLong versions = new AtomicLong();
        private final AtomicLong questionsInBetween = new AtomicLong();
        private volatile Thread asker = Thread.currentThread();

        /**
         * Where others ask than the one who commits, it lets one of them see the old state under the new version, then the new state,
         * and then the version again.
         */
        @Override
        protected void commit(List<Change> changes) {
            var before = questionsInBetween.get();
            told.incrementAndGet();
            awaitReaders(() -> questionsInBetween.get() > before);
            super.commit(changes);
            shown.incrementAndGet();
            var versionsBefore = versions.get();
            awaitReaders(() -> versions.get() > versionsBefore + READERS);
        }

        private void awaitReaders(BooleanSupplier condition) {
            await(() -> asker.equals(Thread.currentThread()) || condition.getAsBoolean());
        }

        @Override
        List<DayTally> days(Contents contents) {
            asker = Thread.currentThread();
            var ahead = told.get();
            if (ahead != shown.get()) {
                questionsInBetween.incrementAndGet();
                await(() -> shown.get() >= ahead);
            }
            return super.days(contents);
        }

        /** In vain where the other side is done. */
        private static void await(BooleanSupplier condition) {
            for (var left = PATIENCE; left > 0 && !condition.getAsBoolean(); left--) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        @Override
        public Optional<Version> version() {
            truth.ensureReadable();
            versions.incrementAndGet();
            return Optional.of(new Version("", told.get()));
        }
    }

    static final class RemembersItsVersionWhereTheStoreFails extends WrongLedger {

        private Optional<Version> remembered = Optional.empty();

        @Override
        public synchronized Optional<Version> version() {
            try {
                remembered = truth.version();
            } catch (LedgerUnavailable failure) {
                return remembered;
            }
            return remembered;
        }
    }

    static final class ReadsEverythingForItsVersion extends WrongLedger {

        @Override
        public Optional<Version> version() {
            truth.userTallies();
            return truth.version();
        }
    }
}
