package coworking.analytics.domain.fact;

import java.time.LocalDateTime;

/**
 * A position in the order of a user's visits: the latest creation first, then the highest token id.
 *
 * @param createdAt the creation of the token, on the store's clock
 * @param tokenId its id
 */
public record VisitPosition(LocalDateTime createdAt, long tokenId) {}
