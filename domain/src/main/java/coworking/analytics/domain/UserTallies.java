package coworking.analytics.domain;

import static java.util.stream.Collectors.toMap;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tallies of all users who have a token, in ascending order of their ids.
 *
 * <p>Kept as columns of numbers in chunks, most of them packed into 10 to 16 bytes a user: a million users are some 12 MB, where a
 * million objects would not fit the service's memory. {@link UserTally} objects exist only while somebody looks at them.
 */
public final class UserTallies implements Iterable<UserTally> {

    private static final int NEVER = -1;

    private final int size;
    private final List<Chunk> chunks;

    private UserTallies(int size, List<Chunk> chunks) {
        this.size = size;
        this.chunks = chunks;
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
        return chunks.get(row / Chunk.ROWS).tally(row % Chunk.ROWS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserTallies that && chunks.equals(that.chunks);
    }

    @Override
    public int hashCode() {
        return chunks.hashCode();
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

    /** So many users that follow each other; fewer only in the last chunk. */
    private record Chunk(Column userIds, Column joinedSeconds, Column joinedNanos, Column issued, Column used) {

        static final int ROWS = 1_024;

        UserTally tally(int row) {
            return new UserTally(userIds.get(row), joinedAt(row), issued.get(row), used.get(row));
        }

        private Optional<LocalDateTime> joinedAt(int row) {
            var nano = (int) joinedNanos.get(row);
            return nano == NEVER
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.ofEpochSecond(joinedSeconds.get(row), nano, ZoneOffset.UTC));
        }
    }

    /** Collects tallies, packing them a chunk at a time; not safe for use by several threads. */
    public static final class Builder {

        private final List<Chunk> full = new ArrayList<>();
        private final long[] userIds = new long[Chunk.ROWS];
        private final long[] joinedSeconds = new long[Chunk.ROWS];
        private final long[] joinedNanos = new long[Chunk.ROWS];
        private final long[] issued = new long[Chunk.ROWS];
        private final long[] used = new long[Chunk.ROWS];
        private int rows;
        private boolean isEmpty = true;
        private long lastUserId;

        /** Makes a builder of no users at all. */
        public Builder() {}

        /**
         * Appends the tally of the next user.
         *
         * @throws IllegalArgumentException where the user's id is not greater than that of the user before
         */
        public Builder add(UserTally tally) {
            requireAscending(tally.userId());
            userIds[rows] = tally.userId();
            joinedSeconds[rows] = tally.joinedAt().map(at -> at.toEpochSecond(ZoneOffset.UTC)).orElse(0L);
            joinedNanos[rows] = tally.joinedAt().map(LocalDateTime::getNano).orElse(NEVER);
            issued[rows] = tally.issued();
            used[rows] = tally.used();
            rows++;
            packFullChunk();
            return this;
        }

        private void requireAscending(long userId) {
            if (!isEmpty && userId <= lastUserId) {
                throw new IllegalArgumentException(
                        "Users must come in ascending order, each once, but " + userId + " follows " + lastUserId);
            }
            isEmpty = false;
            lastUserId = userId;
        }

        private void packFullChunk() {
            if (rows == Chunk.ROWS) {
                full.add(packed());
                rows = 0;
            }
        }

        private Chunk packed() {
            return new Chunk(column(userIds), column(joinedSeconds), column(joinedNanos), column(issued), column(used));
        }

        private Column column(long[] numbers) {
            return new Column(numbers, rows);
        }

        /** The tallies added so far. */
        public UserTallies build() {
            var chunks = new ArrayList<>(full);
            if (rows > 0) {
                chunks.add(packed());
            }
            return new UserTallies(full.size() * Chunk.ROWS + rows, List.copyOf(chunks));
        }
    }
}
