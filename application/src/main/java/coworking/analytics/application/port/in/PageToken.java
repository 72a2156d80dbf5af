package coworking.analytics.application.port.in;

import coworking.analytics.domain.time.DateRange;
import java.util.Optional;

/**
 * Where a page ended, so that the next page continues there. All pages cover the dates of the first page, even if a new token or a new
 * day changes the meaning of the requested range in between.
 *
 * <p>A token is valid for the report, the criteria and the scope of the page that returned it, apart from the moment. The driving adapter
 * defines the form in which callers see it, and checks that it comes back with the same request.
 *
 * @param <P> a position in the order of the rows
 * @param isAllTime whether the requested range was all time
 * @param range the dates of the first page
 * @param position the position of the page's last row
 * @param version the version of the ledger when the first page was read; empty if it is not known
 */
public record PageToken<P>(boolean isAllTime, DateRange range, P position, Optional<String> version) {

    /** The greatest length of a version. */
    public static final int MAX_VERSION_LENGTH = 255;

    public PageToken {
        if (version.filter(text -> text.length() > MAX_VERSION_LENGTH).isPresent()) {
            throw new IllegalArgumentException("A version has at most " + MAX_VERSION_LENGTH + " characters");
        }
    }
}
