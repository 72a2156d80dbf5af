package coworking.analytics.application.query;

import coworking.analytics.application.port.in.PageToken;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** Collects the rows of a page and one more, which shows that there is a next page. */
final class PageCollector<R> implements Predicate<R> {

    private final int limit;
    private final List<R> rows = new ArrayList<>();

    PageCollector(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean test(R row) {
        rows.add(row);
        return rows.size() <= limit;
    }

    /**
     * The page.
     *
     * @param tokenAfter makes the token of the page that follows a row
     */
    <P> Page<R, P> toPage(Function<R, PageToken<P>> tokenAfter, OptionalLong total) {
        return rows.size() > limit
                ? new Page<>(rows.subList(0, limit), Optional.of(tokenAfter.apply(rows.get(limit - 1))), total)
                : new Page<>(rows, Optional.empty(), total);
    }
}
