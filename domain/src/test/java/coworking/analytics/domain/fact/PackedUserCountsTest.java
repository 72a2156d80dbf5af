package coworking.analytics.domain.fact;

import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.NOON;
import static coworking.analytics.domain.ExampleFacts.joined;
import static coworking.analytics.domain.ExampleFacts.unused;
import static coworking.analytics.domain.ExampleFacts.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coworking.analytics.domain.ArbitraryHistoryDomain;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(ArbitraryHistoryDomain.class)
@Domain(DomainContext.Global.class)
class PackedUserCountsTest {

    @Example
    void countIssuedAndUsedTokensOfEachUser() {
        var tokens = List.of(unused(10, DAY), used(9, DAY), unused(9, DAY));

        assertThat(PackedUserCounts.of(List.of(joined(9, NOON), joined(10, NOON.plusDays(1))), tokens))
                .containsExactly(new UserCounts(9, Optional.of(NOON), 2, 1), new UserCounts(10, Optional.of(NOON.plusDays(1)), 1, 0));
    }

    @Example
    void leaveOutUsersWithoutAToken() {
        assertThat(PackedUserCounts.of(List.of(joined(1, NOON)), List.of())).isEmpty();
    }

    @Example
    void keepTokensOfUsersWhoAreUnknownOrOfWhomNoDateIsKnown() {
        var tallies = PackedUserCounts.of(List.of(new User(1, Optional.empty())), List.of(unused(1, DAY), unused(2, DAY)));

        assertThat(tallies).containsExactly(new UserCounts(1, Optional.empty(), 1, 0), new UserCounts(2, Optional.empty(), 1, 0));
    }

    @Example
    void refuseAUserWhoDoesNotFollowTheOneBefore() {
        var builder = new PackedUserCounts.Builder().add(tally(9));

        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(tally(9))).withMessageContaining("9 follows 9");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(tally(-10))).withMessageContaining("-10 follows 9");
        assertThat(builder.add(tally(10)).build()).containsExactly(tally(9), tally(10));
    }

    @Example
    void areNotChangedByWhatIsAddedAfterTheyWereBuilt() {
        var builder = new PackedUserCounts.Builder().add(tally(1));
        var built = builder.build();
        builder.add(tally(2));

        assertThat(built.size()).isEqualTo(1);
        assertThat(built).containsExactly(tally(1));
    }

    @Example
    void holdAnyNumberOfUsersAroundTheSizeOfAChunk() {
        for (var size : List.of(1_023, 1_024, 1_025, 2_048, 2_049)) {
            var builder = new PackedUserCounts.Builder();
            LongStream.range(0, size).mapToObj(PackedUserCountsTest::tally).forEach(builder::add);

            assertThat(builder.build().size()).isEqualTo(size);
            assertThat(builder.build()).containsExactlyElementsOf(LongStream.range(0, size).mapToObj(PackedUserCountsTest::tally).toList());
        }
    }

    @Example
    void refuseAUserWhoDoesNotFollowTheLastOfAFullChunk() {
        var builder = new PackedUserCounts.Builder();
        LongStream.range(0, 1_024).mapToObj(PackedUserCountsTest::tally).forEach(builder::add);

        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(tally(1_023))).withMessageContaining("1023 follows 1023");
    }

    @Example
    void areNotChangedByWhatIsAddedToTheirLastChunk() {
        var builder = new PackedUserCounts.Builder();
        LongStream.range(0, 1_500).mapToObj(PackedUserCountsTest::tally).forEach(builder::add);
        var built = builder.build();
        LongStream.range(1_500, 3_000).mapToObj(PackedUserCountsTest::tally).forEach(builder::add);

        assertThat(built).containsExactlyElementsOf(LongStream.range(0, 1_500).mapToObj(PackedUserCountsTest::tally).toList());
    }

    @Example
    void refuseToGoBeyondTheLastUser() {
        var users = new PackedUserCounts.Builder().add(tally(1)).build().iterator();
        users.next();

        assertThat(users.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(users::next);
    }

    @Example
    void canBeReadTwiceAtOnce() {
        var tallies = new PackedUserCounts.Builder().add(tally(1)).add(tally(2)).build();
        var ahead = tallies.iterator();
        ahead.next();

        assertThat(tallies.iterator().next()).isEqualTo(tally(1));
        assertThat(ahead.next()).isEqualTo(tally(2));
    }

    @Example
    void differWhereAnythingAboutAUserDiffers() {
        var tallies = only(new UserCounts(1, Optional.of(NOON), 2, 1));

        assertThat(tallies)
                .isNotEqualTo(only(new UserCounts(2, Optional.of(NOON), 2, 1)))
                .isNotEqualTo(only(new UserCounts(1, Optional.of(NOON.plusSeconds(1)), 2, 1)))
                .isNotEqualTo(only(new UserCounts(1, Optional.of(NOON.plusNanos(1)), 2, 1)))
                .isNotEqualTo(only(new UserCounts(1, Optional.empty(), 2, 1)))
                .isNotEqualTo(only(new UserCounts(1, Optional.of(NOON), 3, 1)))
                .isNotEqualTo(only(new UserCounts(1, Optional.of(NOON), 2, 2)))
                .isNotEqualTo(new PackedUserCounts.Builder().build())
                .isNotEqualTo("1");
    }

    @Example
    void tellTheEpochFromNoDateAtAll() {
        var epoch = LocalDateTime.parse("1970-01-01T00:00:00");

        assertThat(only(new UserCounts(1, Optional.of(epoch), 1, 0))).isNotEqualTo(only(new UserCounts(1, Optional.empty(), 1, 0)));
    }

    @Example
    void differWhereAnEarlyChunkDiffers() {
        var first = new PackedUserCounts.Builder().add(tally(1));
        var second = new PackedUserCounts.Builder().add(new UserCounts(1, Optional.empty(), 1, 1));
        LongStream.range(2, 2_000).mapToObj(PackedUserCountsTest::tally).forEach(tally -> {
            first.add(tally);
            second.add(tally);
        });

        assertThat(first.build()).isNotEqualTo(second.build()).isEqualTo(first.build()).hasSameHashCodeAs(first.build());
    }

    @Example
    void nameFewUsersAndOnlyCountMany() {
        var builder = new PackedUserCounts.Builder();
        LongStream.rangeClosed(1, 20).mapToObj(PackedUserCountsTest::tally).forEach(builder::add);

        assertThat(builder.build().toString()).contains("userId=1,", "userId=20,");
        assertThat(builder.add(tally(21)).build()).hasToString("UserTallies of 21 users");
    }

    @Property
    void giveBackEveryTimeToTheNanosecond(@ForAll LocalDateTime joinedAt) {
        var tally = new UserCounts(1, Optional.of(joinedAt), 1, 0);

        assertThat(only(tally)).containsExactly(tally);
    }

    @Property
    void addUpToAllTokens(@ForAll List<User> users, @ForAll List<Token> tokens) {
        var tallies = rows(PackedUserCounts.of(users, tokens));

        assertThat(tallies.stream().mapToLong(UserCounts::issued).sum()).isEqualTo(tokens.size());
        assertThat(tallies.stream().mapToLong(UserCounts::used).sum()).isEqualTo(tokens.stream().filter(Token::isUsed).count());
    }

    @Property
    void nameEachUserWithATokenOnceInAscendingOrder(@ForAll List<User> users, @ForAll List<Token> tokens) {
        var holders = tokens.stream().map(Token::userId).distinct().sorted().toList();

        assertThat(PackedUserCounts.of(users, tokens)).extracting(UserCounts::userId).isEqualTo(holders);
    }

    @Property
    void doNotDependOnTheOrderOfUsersAndTokens(@ForAll List<User> users, @ForAll List<Token> tokens, @ForAll Random random) {
        var tallies = PackedUserCounts.of(users, tokens);
        var shuffled = PackedUserCounts.of(shuffled(users, random), shuffled(tokens, random));

        assertThat(shuffled).isEqualTo(tallies).hasSameHashCodeAs(tallies).hasToString(tallies.toString());
    }

    private static PackedUserCounts only(UserCounts tally) {
        return new PackedUserCounts.Builder().add(tally).build();
    }

    private static UserCounts tally(long userId) {
        return new UserCounts(userId, Optional.of(NOON.plusMinutes(userId)), 1, 1);
    }

    private static List<UserCounts> rows(PackedUserCounts tallies) {
        var rows = new ArrayList<UserCounts>();
        tallies.forEach(rows::add);
        return rows;
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        var shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
