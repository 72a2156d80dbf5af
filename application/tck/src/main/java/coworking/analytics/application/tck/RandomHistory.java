package coworking.analytics.application.tck;

import coworking.analytics.application.tck.StoreChange.Clear;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.application.tck.StoreChange.RemoveToken;
import coworking.analytics.application.tck.StoreChange.RemoveUser;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A random sequence of changes to a store, the same for the same seed.
 *
 * <p>Ids and times come from small pools, so that changes affect the same rows: days and users gain and lose their last token, tokens are
 * used before they are created and outlive their users. The pools hold values that ledgers tend to get wrong.
 */
final class RandomHistory {

    private static final String SEED = "tck.seed";
    private static final int COMMITS = 120;
    static final int TOKENS = 40;

    static final List<Long> USERS = List.of((long) Integer.MIN_VALUE, -10L, -9L, -1L, 0L, 1L, 2L, 9L, 10L, 11L, 99L, 100L,
            (long) Integer.MAX_VALUE);

    /**
     * The ends of time, midnights and other times at which a day may begin, a leap day, ends of months, a Monday, a year whose first days
     * belong to a week of the year before, and times that clocks in Apia, Berlin, Los Angeles, New
     * York, St John's or São Paulo skip or show twice, or that are UTC while they do.
     */
    static final List<LocalDateTime> TIMES = Stream.of(
            "0001-01-01T00:00:00",
            "1582-10-10T12:00:00",
            "1969-12-31T23:59:59.999999",
            "1970-01-01T00:00:00",
            "2011-12-30T12:00:00",
            "2018-11-04T00:30:00",
            "2023-01-01T04:29:00",
            "2023-03-12T02:30:00",
            "2023-03-25T23:59:59.999999",
            "2023-03-26T00:00:00",
            "2023-03-26T02:30:00",
            "2023-03-26T03:59:59.999999",
            "2023-03-26T04:00:00",
            "2023-03-26T04:30:00",
            "2023-03-26T23:59:00",
            "2023-03-27T00:00:00",
            "2023-04-01T03:59:59",
            "2010-11-07T02:30:30",
            "2010-11-07T03:01:00",
            "2023-10-28T20:30:00",
            "2023-10-29T00:30:00",
            "2023-10-29T01:15:00",
            "2023-10-29T02:30:00.000001",
            "2023-11-05T08:30:00",
            "2023-11-05T09:45:00",
            "2024-02-29T23:59:59.000001",
            "9999-12-31T23:59:59.999999").map(LocalDateTime::parse).toList();

    /** Quotes, separators, other scripts, empty names, and names of the greatest length. */
    private static final List<PersonName> NAMES = List.of(
            new PersonName("Ada", "Lovelace"),
            new PersonName("", ""),
            new PersonName("=HYPERLINK(\"x\")", "O'Neill"),
            new PersonName("李", "Ørsted\\\t,;"),
            new PersonName("x".repeat(50), "%s"));

    /** Two of them are the same number. */
    private static final List<String> CODES = List.of("000000", "1", "000001", "123456", "999999", "abcdef");

    private final Random random;
    private StoreContents contents = StoreContents.EMPTY;

    RandomHistory(long seed) {
        random = new Random(seed);
    }

    /** Replays histories one after the other in an empty store, and checks every third state. */
    static void replay(Consumer<List<StoreChange>> store, Consumer<StoreContents> check) {
        replay(store, List.of(new StateCheck("", check))).forEach(StateCheck::rethrow);
    }

    /**
     * The same for several checks, each of which goes on where others have failed. Each is the first to look at some states, so that a
     * ledger that remembers an earlier answer is found out by every check that this concerns.
     */
    static List<StateCheck> replay(Consumer<List<StoreChange>> store, List<StateCheck> checks) {
        seedsToReplay().forEach(seed -> new RandomHistory(seed).replay(seed, store, checks));
        return checks;
    }

    private static LongStream seedsToReplay() {
        var seed = Long.getLong(SEED);
        return seed == null ? LongStream.rangeClosed(1, 4) : LongStream.of(seed);
    }

    private void replay(long seed, Consumer<List<StoreChange>> store, List<StateCheck> checks) {
        var order = new ArrayList<>(checks);
        store.accept(List.of(new Clear()));
        for (var commit = 1; commit <= COMMITS; commit++) {
            var after = "After " + commit + " commits of the random history with seed " + seed + " (-D" + SEED + "=" + seed
                    + " repeats it): ";
            try {
                store.accept(nextCommit());
            } catch (Throwable failure) {
                throw new AssertionError(after + failure, failure);
            }
            if (commit % 3 == 0) {
                order.forEach(check -> check.look(contents, after));
                Collections.rotate(order, 1);
            }
        }
    }

    /** One to four changes in one transaction. */
    List<StoreChange> nextCommit() {
        var changes = new ArrayList<StoreChange>();
        for (var left = 1 + random.nextInt(4); left > 0; left--) {
            var change = nextChange();
            contents = contents.after(List.of(change));
            changes.add(change);
        }
        return changes;
    }

    private StoreChange nextChange() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> random.nextBoolean() ? new PutUser(user()) : correctedUser();
            case 2, 3, 4 -> new PutToken(tokenId(), token());
            case 5, 6, 7 -> correctedToken();
            case 8 -> new RemoveToken(tokenId());
            default -> rareChange();
        };
    }

    private StoreChange rareChange() {
        return random.nextInt(5) == 0 ? new Clear() : new RemoveUser(userId());
    }

    /** Changes one thing about a user and leaves the others as they are. */
    private StoreChange correctedUser() {
        var id = userId();
        var user = contents.users().getOrDefault(id, user());
        return new PutUser(switch (random.nextInt(3)) {
            case 0 -> new User(id, user.name(), user.joinedAt(), !user.isActive());
            case 1 -> new User(id, user.name(), perhaps(time()), user.isActive());
            default -> new User(id, name(), user.joinedAt(), user.isActive());
        });
    }

    /** Changes one thing about a token and leaves the others as they are. */
    private StoreChange correctedToken() {
        var id = tokenId();
        var token = contents.tokens().getOrDefault(id, token());
        return new PutToken(id, switch (random.nextInt(5)) {
            case 0 -> new Token(userId(), token.code(), token.createdAt(), token.usedAt());
            case 1 -> new Token(token.userId(), code(), token.createdAt(), token.usedAt());
            case 2 -> new Token(token.userId(), token.code(), time(), token.usedAt());
            case 3 -> new Token(token.userId(), token.code(), token.createdAt(), Optional.empty());
            default -> new Token(token.userId(), token.code(), token.createdAt(), Optional.of(time()));
        });
    }

    private User user() {
        return new User(userId(), name(), perhaps(time()), random.nextBoolean());
    }

    private Token token() {
        return new Token(userId(), code(), time(), perhaps(time()));
    }

    private PersonName name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    /** Often a code that other tokens have. */
    private String code() {
        return random.nextBoolean()
                ? CODES.get(random.nextInt(CODES.size()))
                : String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
    }

    private long tokenId() {
        return random.nextInt(TOKENS);
    }

    private long userId() {
        return USERS.get(random.nextInt(USERS.size()));
    }

    private LocalDateTime time() {
        return TIMES.get(random.nextInt(TIMES.size()));
    }

    private <T> Optional<T> perhaps(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }
}
