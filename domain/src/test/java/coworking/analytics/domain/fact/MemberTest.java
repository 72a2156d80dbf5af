package coworking.analytics.domain.fact;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;
import static coworking.analytics.domain.ExampleFacts.DAY;
import static coworking.analytics.domain.ExampleFacts.NOON;
import static coworking.analytics.domain.ExampleFacts.unused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberTest {

    private static final PersonName NAME = new PersonName("Ada", "Lovelace");
    private static final List<User> USERS = List.of(new User(1, NAME, Optional.of(NOON), false));

    @Test
    void isWhatIsKnownOfAUser() {
        assertThat(Member.of(1, USERS, List.of(), UTC_ONLY))
                .hasValue(new Member(1, Optional.of(NOON.atOffset(ZoneOffset.UTC)), Optional.of(false), Optional.of(NAME)));
    }

    @Test
    void isButAnIdWhereOnlyTokensTellOfIt() {
        assertThat(Member.of(2, USERS, List.of(unused(2, DAY)), UTC_ONLY)).hasValue(Member.unknown(2));
    }

    @Test
    void doesNotExistWhereNothingTellsOfIt() {
        assertThat(Member.of(2, USERS, List.of(unused(1, DAY)), UTC_ONLY)).isEmpty();
    }

    @Test
    void losesNothingButItsName() {
        assertThat(Member.of(USERS.getFirst(), UTC_ONLY).withoutName())
                .isEqualTo(new Member(1, Optional.of(NOON.atOffset(ZoneOffset.UTC)), Optional.of(false), Optional.empty()));
    }

    @Test
    void keepsItsNameOutOfLogs() {
        assertThat(Member.of(USERS.getFirst(), UTC_ONLY).toString()).doesNotContain("Ada", "Lovelace");
    }
}
