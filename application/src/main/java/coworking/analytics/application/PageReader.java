package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Takes the rows of a page and one more, which shows that there is a next page. */
final class PageReader<T> implements Predicate<T> {

    private final int limit;
    private final List<T> rows = new ArrayList<>();

    PageReader(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean test(T row) {
        rows.add(row);
        return rows.size() <= limit;
    }

    /**
     * The page.
     *
     * @param cursor makes a cursor of a row, to go on after it
     */
    Page<T> page(Function<T, String> cursor, OptionalLong total) {
        return rows.size() > limit
                ? new Page<>(rows.subList(0, limit), Optional.of(cursor.apply(rows.get(limit - 1))), total)
                : new Page<>(rows, Optional.empty(), total);
    }
}
