package coworking.analytics.application.tck;

import coworking.analytics.application.port.UnavailableException;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.UserCounts;
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
    protected void commit(List<StoreChange> changes) {
        truth.commit(changes);
    }

    @Override
    protected void setReachable(boolean reachable) {
        truth.setReachable(reachable);
    }

    @Override
    public List<DayCounts> dayCounts() {
        return days(truth.currentContents());
    }

    @Override
    public PackedUserCounts userCounts() {
        return users(truth.currentContents());
    }

    @Override
    public void ensureReadable() {
        truth.ensureReadable();
    }

    @Override
    public Optional<LedgerVersion> version() {
        return truth.version();
    }

    @Override
    public <T> T withSnapshot(Function<LedgerSnapshot, T> questions) {
        return truth.withSnapshot(questions);
    }

    /** What this ledger makes of the days in one state of its store. */
    List<DayCounts> days(StoreContents contents) {
        return contents.dayCounts();
    }

    /** What this ledger makes of the users in one state of its store. */
    PackedUserCounts users(StoreContents contents) {
        return contents.userCounts();
    }

    static PackedUserCounts pack(Stream<UserCounts> rows) {
        var tallies = new PackedUserCounts.Builder();
        rows.forEach(tallies::add);
        return tallies.build();
    }

    static Stream<UserCounts> rows(StoreContents contents) {
        return StreamSupport.stream(contents.userCounts().spliterator(), false);
    }

    static UserCounts withJoinedAt(UserCounts tally, Optional<LocalDateTime> joinedAt) {
        return new UserCounts(tally.userId(), joinedAt, tally.issued(), tally.used());
    }

    /** Nothing wrong: whoever rejects this one rejects everything. */
    static final class Faultless extends WrongLedger {}

    static final class CountsUseForItsOwnDay extends WrongLedger {

        @Override
        List<DayCounts> days(StoreContents contents) {
            return DayCounts.of(contents.tokens().values().stream().map(this::movedToItsUse).toList());
        }

        private Token movedToItsUse(Token token) {
            return new Token(token.userId(), token.usedAt().orElse(token.createdAt()), token.usedAt());
        }
    }

    static final class BelievesThatTimeRunsForward extends WrongLedger {

        @Override
        List<DayCounts> days(StoreContents contents) {
            return DayCounts.of(contents.tokens().values().stream().map(this::unusedIfUsedTooSoon).toList());
        }

        private Token unusedIfUsedTooSoon(Token token) {
            return new Token(token.userId(), token.createdAt(), token.usedAt().filter(used -> !used.isBefore(token.createdAt())));
        }
    }

    static final class DropsTokensOfUnknownUsers extends WrongLedger {

        @Override
        PackedUserCounts users(StoreContents contents) {
            return pack(rows(contents).filter(tally -> contents.users().containsKey(tally.userId())));
        }
    }

    static final class ListsUsersWithoutTokens extends WrongLedger {

        @Override
        PackedUserCounts users(StoreContents contents) {
            var busy = rows(contents).map(UserCounts::userId).toList();
            var idle = contents.users().values().stream().filter(user -> !busy.contains(user.id()));
            var rows = Stream.concat(rows(contents), idle.map(user -> new UserCounts(user.id(), user.joinedAt(), 1, 0)));
            return pack(rows.sorted(Comparator.comparingLong(UserCounts::userId)));
        }
    }

    static final class ListsDaysNewestFirst extends WrongLedger {

        @Override
        List<DayCounts> days(StoreContents contents) {
            return contents.dayCounts().reversed();
        }
    }

    static final class SortsUsersAsText extends WrongLedger {

        @Override
        PackedUserCounts users(StoreContents contents) {
            return pack(rows(contents).sorted(Comparator.comparing(tally -> String.valueOf(tally.userId()))));
        }
    }

    static final class HandsOutAListThatCallersCanChange extends WrongLedger {

        @Override
        List<DayCounts> days(StoreContents contents) {
            return new ArrayList<>(contents.dayCounts());
        }
    }

    static final class FailsWhereThereAreNoTokens extends WrongLedger {

        @Override
        List<DayCounts> days(StoreContents contents) {
            var first = contents.dayCounts().getFirst();
            return contents.dayCounts().stream().filter(tally -> !tally.day().isBefore(first.day())).toList();
        }
    }

    static final class TakesAMissingDateForTheEpoch extends WrongLedger {

        private static final LocalDateTime EPOCH = LocalDateTime.parse("1970-01-01T00:00:00");

        @Override
        PackedUserCounts users(StoreContents contents) {
            return pack(rows(contents).map(tally -> withJoinedAt(tally, tally.joinedAt().or(() -> Optional.of(EPOCH)))));
        }
    }

    static final class ReadsTimesInTheZoneOfTheProcess extends WrongLedger {

        @Override
        PackedUserCounts users(StoreContents contents) {
            return pack(rows(contents).map(tally -> withJoinedAt(tally, tally.joinedAt().map(this::zoned))));
        }

        private LocalDateTime zoned(LocalDateTime time) {
            return time.atZone(ZoneId.systemDefault()).toLocalDateTime();
        }
    }

    static final class CutsDaysInTheZoneOfTheProcess extends WrongLedger {

        @Override
        List<DayCounts> days(StoreContents contents) {
            return DayCounts.of(contents.tokens().values().stream().map(this::zoned).toList());
        }

        private Token zoned(Token token) {
            var createdAt = token.createdAt().atZone(ZoneId.systemDefault()).toLocalDateTime();
            return new Token(token.userId(), createdAt, token.usedAt());
        }
    }

    static final class RoundsToMilliseconds extends WrongLedger {

        @Override
        PackedUserCounts users(StoreContents contents) {
            return pack(rows(contents).map(tally -> withJoinedAt(tally, tally.joinedAt().map(this::rounded))));
        }

        private LocalDateTime rounded(LocalDateTime time) {
            return time.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** Hands out what the call before had found, as a cache does that is refreshed behind the answer. */
    static final class IsOneCallBehind extends WrongLedger {

        private Optional<StoreContents> before = Optional.empty();

        @Override
        List<DayCounts> days(StoreContents contents) {
            return behind(contents).dayCounts();
        }

        @Override
        PackedUserCounts users(StoreContents contents) {
            return behind(contents).userCounts();
        }

        private synchronized StoreContents behind(StoreContents contents) {
            var answer = before.orElse(contents);
            before = Optional.of(contents);
            return answer;
        }
    }

    /** Takes two looks at a store that changes in between, where there is somebody to change it. */
    abstract static class ReadsTwice extends WrongLedger {

        private static final int MAX_SPINS = 10_000;

        final StoreContents readAgainAfter(StoreContents first) {
            for (var left = MAX_SPINS; left > 0 && truth.currentContents().equals(first); left--) {
                Thread.onSpinWait();
            }
            return truth.currentContents();
        }
    }

    static final class CountsHalfOfTheTokensLater extends ReadsTwice {

        @Override
        List<DayCounts> days(StoreContents contents) {
            return DayCounts.of(Stream.concat(part(contents, 0), part(readAgainAfter(contents), 1)).toList());
        }

        private static Stream<Token> part(StoreContents contents, int remainder) {
            return contents.tokens().keySet().stream().filter(id -> id % 2 == remainder).map(contents.tokens()::get);
        }
    }

    static final class ReadsUsersFirstAndTokensLater extends ReadsTwice {

        @Override
        PackedUserCounts users(StoreContents contents) {
            return PackedUserCounts.of(contents.users().values(), readAgainAfter(contents).tokens().values());
        }
    }

    static final class LetsTheDriversFailureThrough extends WrongLedger {

        @Override
        public List<DayCounts> dayCounts() {
            return orFail(truth::dayCounts);
        }

        @Override
        public PackedUserCounts userCounts() {
            return orFail(truth::userCounts);
        }

        private static <T> T orFail(Supplier<T> answer) {
            try {
                return answer.get();
            } catch (UnavailableException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    static final class AnswersNothingWhereTheStoreFails extends WrongLedger {

        @Override
        public List<DayCounts> dayCounts() {
            try {
                return truth.dayCounts();
            } catch (UnavailableException failure) {
                return List.of();
            }
        }
    }

    static final class AnswersFromMemoryWhereTheStoreFails extends WrongLedger {

        private PackedUserCounts remembered = new PackedUserCounts.Builder().build();

        @Override
        public PackedUserCounts userCounts() {
            try {
                remembered = truth.userCounts();
            } catch (UnavailableException failure) {
                return remembered;
            }
            return remembered;
        }
    }

    static final class NeverRecovers extends WrongLedger {

        private Optional<UnavailableException> failed = Optional.empty();

        @Override
        public List<DayCounts> dayCounts() {
            failed.ifPresent(failure -> {
                throw failure;
            });
            try {
                return truth.dayCounts();
            } catch (UnavailableException failure) {
                failed = Optional.of(failure);
                throw failure;
            }
        }
    }

    static final class QuotesTheDriver extends WrongLedger {

        @Override
        public List<DayCounts> dayCounts() {
            try {
                return truth.dayCounts();
            } catch (UnavailableException failure) {
                throw new UnavailableException("connection to db.internal:5432 refused",
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
            if (truth.currentContents().tokens().isEmpty()) {
                throw new UnavailableException("there are no tokens", new IllegalStateException());
            }
        }
    }

    static final class ReadsEverythingToKnowWhetherItCan extends WrongLedger {

        @Override
        public void ensureReadable() {
            truth.dayCounts();
        }
    }

    static final class CountsTokensOnlyForItsVersion extends WrongLedger {

        @Override
        public Optional<LedgerVersion> version() {
            return Optional.of(new LedgerVersion("", truth.currentContents().tokens().size()));
        }
    }

    static final class LeavesUsersOutOfItsVersion extends WrongLedger {

        private final AtomicLong changes = new AtomicLong();

        @Override
        protected void commit(List<StoreChange> changes) {
            super.commit(changes);
            if (!changes.stream().allMatch(change -> change instanceof StoreChange.PutUser || change instanceof StoreChange.RemoveUser)) {
                this.changes.incrementAndGet();
            }
        }

        @Override
        public Optional<LedgerVersion> version() {
            truth.ensureReadable();
            return Optional.of(new LedgerVersion("", changes.get()));
        }
    }

    /** As statistics do that a TRUNCATE resets. */
    static final class BeginsItsVersionAnewWithEachClear extends WrongLedger {

        private final AtomicLong changes = new AtomicLong();

        @Override
        protected void commit(List<StoreChange> changes) {
            super.commit(changes);
            this.changes.updateAndGet(before -> changes.contains(new StoreChange.Clear()) ? 0 : before + 1);
        }

        @Override
        public Optional<LedgerVersion> version() {
            truth.ensureReadable();
            return Optional.of(new LedgerVersion("", changes.get()));
        }
    }

    /** Counts in a transaction of its own, as a sequence does, so that the count may be ahead of what there is to see. */
    static final class TellsItsVersionBeforeTheCommit extends WrongLedger {

        private static final int READERS = 3;
        private static final int MAX_PAUSES = 100;
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
        protected void commit(List<StoreChange> changes) {
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
        List<DayCounts> days(StoreContents contents) {
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
            for (var left = MAX_PAUSES; left > 0 && !condition.getAsBoolean(); left--) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        @Override
        public Optional<LedgerVersion> version() {
            truth.ensureReadable();
            versions.incrementAndGet();
            return Optional.of(new LedgerVersion("", told.get()));
        }
    }

    static final class RemembersItsVersionWhereTheStoreFails extends WrongLedger {

        private Optional<LedgerVersion> remembered = Optional.empty();

        @Override
        public synchronized Optional<LedgerVersion> version() {
            try {
                remembered = truth.version();
            } catch (UnavailableException failure) {
                return remembered;
            }
            return remembered;
        }
    }

    static final class ReadsEverythingForItsVersion extends WrongLedger {

        @Override
        public Optional<LedgerVersion> version() {
            truth.userCounts();
            return truth.version();
        }
    }
}
