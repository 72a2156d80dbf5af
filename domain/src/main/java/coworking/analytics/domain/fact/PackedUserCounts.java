package coworking.analytics.domain.fact;

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
 * The counts of all users who have a token, in ascending order of user ids.
 *
 * <p>Stored as packed columns of numbers in chunks, which take 10 to 16 bytes for most users: a million users take about 12 MB, while a
 * million objects would not fit the service's memory. {@link UserCounts} objects are created on access.
 */
public final class PackedUserCounts implements Iterable<UserCounts> {

    private static final int NO_JOIN_TIME = -1;

    private final int size;
    private final List<Chunk> chunks;

    private PackedUserCounts(int size, List<Chunk> chunks) {
        this.size = size;
        this.chunks = chunks;
    }

    /**
     * Defines the counts of tokens. Users without a token are absent; a token whose user is not among {@code users} still
     * counts, for a user without a date of joining.
     *
     * @param users the known users, each once
     * @param tokens the tokens to count, in any order
     */
    public static PackedUserCounts of(Collection<User> users, Iterable<Token> tokens) {
        var joined = users.stream().collect(toMap(User::id, User::joinedAt));
        var counts = new TreeMap<Long, long[]>();
        for (var token : tokens) {
            var count = counts.computeIfAbsent(token.userId(), id -> new long[2]);
            count[0]++;
            count[1] += token.isUsed() ? 1 : 0;
        }
        var userCounts = new Builder();
        counts.forEach((id, count) -> userCounts.add(
                new UserCounts(id, joined.getOrDefault(id, Optional.empty()), count[0], count[1])));
        return userCounts.build();
    }

    /** The number of users. */
    public int size() {
        return size;
    }

    @Override
    public Iterator<UserCounts> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public UserCounts next() {
                if (next == size) {
                    throw new NoSuchElementException();
                }
                return counts(next++);
            }
        };
    }

    private UserCounts counts(int row) {
        return chunks.get(row / Chunk.ROWS).counts(row % Chunk.ROWS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedUserCounts that && chunks.equals(that.chunks);
    }

    @Override
    public int hashCode() {
        return chunks.hashCode();
    }

    /** Lists the users if there are few, otherwise their number. */
    @Override
    public String toString() {
        return size > 20 ? "UserTallies of " + size + " users" : "UserTallies" + Arrays.toString(rows());
    }

    private UserCounts[] rows() {
        var rows = new UserCounts[size];
        Arrays.setAll(rows, this::counts);
        return rows;
    }

    /** {@code ROWS} successive users; fewer only in the last chunk. */
    private record Chunk(PackedLongs userIds, PackedLongs joinedSeconds, PackedLongs joinedNanos, PackedLongs issued, PackedLongs used) {

        static final int ROWS = 1_024;

        UserCounts counts(int row) {
            return new UserCounts(userIds.get(row), joinedAt(row), issued.get(row), used.get(row));
        }

        private Optional<LocalDateTime> joinedAt(int row) {
            var nano = (int) joinedNanos.get(row);
            return nano == NO_JOIN_TIME
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.ofEpochSecond(joinedSeconds.get(row), nano, ZoneOffset.UTC));
        }
    }

    /** Packs counts chunk by chunk; not thread-safe. */
    public static final class Builder {

        private final List<Chunk> fullChunks = new ArrayList<>();
        private final long[] userIds = new long[Chunk.ROWS];
        private final long[] joinedSeconds = new long[Chunk.ROWS];
        private final long[] joinedNanos = new long[Chunk.ROWS];
        private final long[] issued = new long[Chunk.ROWS];
        private final long[] used = new long[Chunk.ROWS];
        private int rowCount;
        private boolean isEmpty = true;
        private long lastUserId;

        /** Makes a builder without users. */
        public Builder() {}

        /**
         * Appends the counts of the next user.
         *
         * @throws IllegalArgumentException if the user's id is not greater than that of the user before
         */
        public Builder add(UserCounts counts) {
            requireAscending(counts.userId());
            userIds[rowCount] = counts.userId();
            joinedSeconds[rowCount] = counts.joinedAt().map(at -> at.toEpochSecond(ZoneOffset.UTC)).orElse(0L);
            joinedNanos[rowCount] = counts.joinedAt().map(LocalDateTime::getNano).orElse(NO_JOIN_TIME);
            issued[rowCount] = counts.issued();
            used[rowCount] = counts.used();
            rowCount++;
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
            if (rowCount == Chunk.ROWS) {
                fullChunks.add(packed());
                rowCount = 0;
            }
        }

        private Chunk packed() {
            return new Chunk(pack(userIds), pack(joinedSeconds), pack(joinedNanos), pack(issued), pack(used));
        }

        private PackedLongs pack(long[] numbers) {
            return new PackedLongs(numbers, rowCount);
        }

        /** The counts added so far. */
        public PackedUserCounts build() {
            var chunks = new ArrayList<>(fullChunks);
            if (rowCount > 0) {
                chunks.add(packed());
            }
            return new PackedUserCounts(fullChunks.size() * Chunk.ROWS + rowCount, List.copyOf(chunks));
        }
    }
}
