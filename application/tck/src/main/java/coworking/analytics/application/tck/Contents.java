package coworking.analytics.application.tck;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.tck.Change.Clear;
import coworking.analytics.application.tck.Change.PutToken;
import coworking.analytics.application.tck.Change.PutUser;
import coworking.analytics.application.tck.Change.RemoveToken;
import coworking.analytics.application.tck.Change.RemoveUser;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.User;
import coworking.analytics.domain.UserTallies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a store holds, and what the domain says about it: the oracle of the contract. Immutable.
 *
 * @param users the known users by their ids
 * @param tokens the tokens by theirs
 */
record Contents(Map<Long, User> users, Map<Long, Token> tokens) {

    static final Contents NOTHING = new Contents(Map.of(), Map.of());

    Contents {
        users = Map.copyOf(users);
        tokens = Map.copyOf(tokens);
    }

    /** The contents after all these changes, made in their order. */
    Contents after(List<Change> changes) {
        var users = new HashMap<>(this.users);
        var tokens = new HashMap<>(this.tokens);
        for (var change : changes) {
            switch (change) {
                case Clear() -> {
                    users.clear();
                    tokens.clear();
                }
                case PutUser(var user) -> users.put(user.id(), user);
                case RemoveUser(var userId) -> users.remove(userId);
                case PutToken(var tokenId, var token) -> tokens.put(tokenId, token);
                case RemoveToken(var tokenId) -> tokens.remove(tokenId);
            }
        }
        return new Contents(users, tokens);
    }

    List<DayTally> dayTallies() {
        return DayTally.of(tokens.values());
    }

    UserTallies userTallies() {
        return UserTallies.of(users.values(), tokens.values());
    }

    /** What can be asked of these contents in a conversation. */
    Facts facts() {
        return new InMemoryFacts(this, Optional.empty());
    }
}
