package coworking.analytics.application.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import coworking.analytics.application.port.in.PageToken;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.domain.fact.TokenFeed;
import coworking.analytics.domain.report.ComparisonMode;
import coworking.analytics.domain.report.ReportNotes;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a query runs in: a snapshot of the ledger, and the requested dates.
 *
 * @param snapshot the state of the ledger
 * @param scope the parameters that all reports share
 * @param range the dates to report on; empty if there are none
 * @param feed how far the tokens reach at the time of the call
 * @param isAllTime whether every token in the ledger counts
 * @param earlierPage the token of the page before; empty for a report without pages and for its first page
 */
public record ReportContext(
        LedgerSnapshot snapshot,
        ReportScope scope,
        Optional<DateRange> range,
        TokenFeed feed,
        boolean isAllTime,
        Optional<PageToken<?>> earlierPage) {

    /** Resolves the requested range. The ledger's extent is only read if the range has an open end. */
    public static ReportContext open(ReportScope scope, LedgerSnapshot snapshot) {
        var today = scope.asOf().today();
        var range = scope.range().resolve(today, Optional.empty())
                .or(() -> scope.range().resolve(today, snapshot.extent(scope.dayStart())));
        var feed = snapshot.feed(scope.asOf().moment());
        return new ReportContext(snapshot, scope, range, feed, scope.range() == NamedRange.ALL && areAllTokensIn(range, feed, scope),
                Optional.empty());
    }

    /** A range ends with the calendar, so a token at the calendar's beginning may lie before the start of its first day. */
    private static boolean areAllTokensIn(Optional<DateRange> range, TokenFeed feed, ReportScope scope) {
        var isWhole = scope.dayStart().equals(DayStart.MIDNIGHT)
                || range.filter(days -> days.first().equals(DateRange.CALENDAR.first())).isEmpty();
        return feed.implausible() == 0 && isWhole;
    }

    /** Keeps the range of an earlier page. */
    static ReportContext resume(ReportScope scope, LedgerSnapshot snapshot, PageToken<?> token) {
        return new ReportContext(snapshot, scope, Optional.of(token.range()), snapshot.feed(scope.asOf().moment()), token.isAllTime(),
                Optional.of(token));
    }

    /** The same context, with the open ends of the range resolved by another extent than that of the tokens. */
    ReportContext withExtent(Optional<DateRange> extent) {
        return new ReportContext(snapshot, scope, scope.range().resolve(asOf().today(), extent), feed, isAllTime, earlierPage);
    }

    /** The ledger's extent, which is only read if something is compared: before it there is nothing to compare with. */
    Optional<DateRange> extentToCompareWith(ComparisonMode comparison) {
        return comparison == ComparisonMode.NONE ? Optional.empty() : snapshot.extent(dayStart());
    }

    AsOf asOf() {
        return scope.asOf();
    }

    DayStart dayStart() {
        return scope.dayStart();
    }

    /** The token of the page that begins after a position. */
    <P> PageToken<P> tokenAt(P position) {
        return new PageToken<>(isAllTime, range.orElseThrow(), position,
                earlierPage.isPresent() ? earlierPage.get().version() : version());
    }

    private Optional<String> version() {
        return snapshot.version().map(ReportContext::versionId);
    }

    /** The result with its metadata. To be called last, because the source of the facts is known only after they were read. */
    <T> ReportResult<T> result(T data, List<String> warnings) {
        return new ReportResult<>(data, metadata(warnings));
    }

    ResultMetadata metadata(List<String> warnings) {
        var version = version();
        return new ResultMetadata(
                range,
                asOf().time(),
                version,
                snapshot.source() == LedgerSnapshot.SnapshotSource.ROLLUP,
                range.filter(dates -> !asOf().isOver(dates)).isPresent(),
                feed.dataUntil(),
                Stream.of(ReportNotes.forRange(range, asOf().today()), ReportNotes.forFeed(scope.range(), range, feed, asOf()),
                        walkNotes(version), warnings).flatMap(List::stream).toList());
    }

    private List<String> walkNotes(Optional<String> version) {
        return earlierPage.map(page -> ReportNotes.forLaterPage(page.version(), version)).orElse(List.of());
    }

    /** An id of fixed length that hides the internals of the store's version, such as the start time of its server. */
    private static String versionId(LedgerVersion version) {
        return UUID.nameUUIDFromBytes((version.generation() + "." + version.changes()).getBytes(UTF_8)).toString();
    }
}
