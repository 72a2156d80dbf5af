package coworking.analytics.domain;

import static java.util.stream.Collectors.toMap;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tallies of all users who have a token, in ascending order of their ids.
 *
 * <p>Kept as columns of numbers, 36 bytes a user: a million users are 36 MB, where a million objects would not fit the service's
 * memory. {@link UserTally} objects exist only while somebody looks at them.
 */
public final class UserTallies implements Iterable<UserTally> {

    private static final int NEVER = -1;

    private final int size;
    private final long[] userIds;
    private final long[] joinedSeconds;
    private final int[] joinedNanos;
    private final long[] issued;
    private final long[] used;

    private UserTallies(Builder rows) {
        size = rows.size;
        userIds = Arrays.copyOf(rows.userIds, size);
        joinedSeconds = Arrays.copyOf(rows.joinedSeconds, size);
        joinedNanos = Arrays.copyOf(rows.joinedNanos, size);
        issued = Arrays.copyOf(rows.issued, size);
        used = Arrays.copyOf(rows.used, size);
    }

    /**
     * Defines the tallies of some tokens. Users without a token are absent; a token whose user is not among {@code users} still
     * counts, for a user without a date of joining.
     *
     * @param users the known users, each once
     * @param tokens the tokens to tally, in any order
     */
    public static UserTallies of(Collection<User> users, Iterable<Token> tokens) {
        var joined = users.stream().collect(toMap(User::id, User::joinedAt));
        var counts = new TreeMap<Long, long[]>();
        for (var token : tokens) {
            var count = counts.computeIfAbsent(token.userId(), id -> new long[2]);
            count[0]++;
            count[1] += token.isUsed() ? 1 : 0;
        }
        var tallies = new Builder();
        counts.forEach((id, count) -> tallies.add(
                new UserTally(id, joined.getOrDefault(id, Optional.empty()), count[0], count[1])));
        return tallies.build();
    }

    /** The number of users. */
    public int size() {
        return size;
    }

    @Override
    public Iterator<UserTally> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public UserTally next() {
                if (next == size) {
                    throw new NoSuchElementException();
                }
                return tally(next++);
            }
        };
    }

    private UserTally tally(int row) {
        return new UserTally(userIds[row], joinedAt(row), issued[row], used[row]);
    }

    private Optional<LocalDateTime> joinedAt(int row) {
        return joinedNanos[row] == NEVER
                ? Optional.empty()
                : Optional.of(LocalDateTime.ofEpochSecond(joinedSeconds[row], joinedNanos[row], ZoneOffset.UTC));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserTallies that
                && Arrays.equals(userIds, that.userIds)
                && Arrays.equals(joinedSeconds, that.joinedSeconds)
                && Arrays.equals(joinedNanos, that.joinedNanos)
                && Arrays.equals(issued, that.issued)
                && Arrays.equals(used, that.used);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(userIds);
    }

    /** Names the users where there are few, their number where there are many. */
    @Override
    public String toString() {
        return size > 20 ? "UserTallies of " + size + " users" : "UserTallies" + Arrays.toString(rows());
    }

    private UserTally[] rows() {
        var rows = new UserTally[size];
        Arrays.setAll(rows, this::tally);
        return rows;
    }

    /** Collects tallies; not safe for use by several threads. */
    public static final class Builder {

        private int size;
        private long[] userIds = new long[16];
        private long[] joinedSeconds = new long[16];
        private int[] joinedNanos = new int[16];
        private long[] issued = new long[16];
        private long[] used = new long[16];

        /** Makes a builder of no users at all. */
        public Builder() {}

        /**
         * Appends the tally of the next user.
         *
         * @throws IllegalArgumentException where the user's id is not greater than that of the user before
         */
        public Builder add(UserTally tally) {
            requireAscending(tally.userId());
            ensureCapacity();
            userIds[size] = tally.userId();
            joinedSeconds[size] = tally.joinedAt().map(at -> at.toEpochSecond(ZoneOffset.UTC)).orElse(0L);
            joinedNanos[size] = tally.joinedAt().map(LocalDateTime::getNano).orElse(NEVER);
            issued[size] = tally.issued();
            used[size] = tally.used();
            size++;
            return this;
        }

        /** The tallies added so far. */
        public UserTallies build() {
            return new UserTallies(this);
        }

        private void requireAscending(long userId) {
            if (size > 0 && userId <= userIds[size - 1]) {
                throw new IllegalArgumentException(
                        "Users must come in ascending order, each once, but " + userId + " follows " + userIds[size - 1]);
            }
        }

        private void ensureCapacity() {
            if (size == userIds.length) {
                var capacity = size * 2;
                userIds = Arrays.copyOf(userIds, capacity);
                joinedSeconds = Arrays.copyOf(joinedSeconds, capacity);
                joinedNanos = Arrays.copyOf(joinedNanos, capacity);
                issued = Arrays.copyOf(issued, capacity);
                used = Arrays.copyOf(used, capacity);
            }
        }
    }
}
