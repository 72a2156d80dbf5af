package coworking.analytics.application.tck;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.tck.StoreChange.Clear;
import coworking.analytics.application.tck.StoreChange.PutToken;
import coworking.analytics.application.tck.StoreChange.PutUser;
import coworking.analytics.application.tck.StoreChange.RemoveToken;
import coworking.analytics.application.tck.StoreChange.RemoveUser;
import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.time.SpaceClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contents of a store, with the domain's definitions applied to them: the oracle of the contract. Immutable.
 *
 * @param users the known users by id
 * @param tokens the tokens by id
 */
record StoreContents(Map<Long, User> users, Map<Long, Token> tokens) {

    static final StoreContents EMPTY = new StoreContents(Map.of(), Map.of());

    StoreContents {
        users = Map.copyOf(users);
        tokens = Map.copyOf(tokens);
    }

    /** The contents after changes, applied in their order. */
    StoreContents after(List<StoreChange> changes) {
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
        return new StoreContents(users, tokens);
    }

    List<DayCounts> dayCounts() {
        return DayCounts.of(tokens.values());
    }

    PackedUserCounts userCounts() {
        return PackedUserCounts.of(users.values(), tokens.values());
    }

    /** A snapshot of these contents, on the wall clock of a space. */
    LedgerSnapshot snapshot(SpaceClock clock) {
        return new InMemorySnapshot(this, Optional.empty(), clock);
    }
}
