package coworking.analytics.rest.v1.response;

import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportResult;
import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.rest.v1.request.PageTokenCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a report, or of one page of it.
 *
 * @param <R> a row
 * @param rows the rows in order
 * @param metadata how the result was computed
 * @param extraMeta the fields of {@code meta} that only this report has
 * @param nextPageToken where the next page begins; empty on the last page, and in a report without pages
 */
public record ReportPage<R>(List<R> rows, ResultMetadata metadata, Map<String, Object> extraMeta, Optional<String> nextPageToken) {

    /** A report without pages. */
    public static <R> ReportPage<R> of(ReportResult<?> result, List<R> rows, Map<String, Object> extraMeta) {
        return new ReportPage<>(rows, result.metadata(), extraMeta, Optional.empty());
    }

    /** A report without pages, which has no rows if its range has no days. */
    public static <R> ReportPage<R> ofDays(ReportResult<?> result, List<R> rows, Map<String, Object> extraMeta) {
        return of(result, result.metadata().range().isPresent() ? rows : List.of(), extraMeta);
    }

    /** One page of a report. */
    public static <R, P> ReportPage<R> of(ReportResult<Page<R, P>> result, PageTokenCodec<P> codec) {
        return of(result.metadata(), result.data(), codec, Map.of());
    }

    /** One page of a report that has fields of its own in {@code meta}. */
    public static <R, P> ReportPage<R> of(
            ResultMetadata metadata, Page<R, P> page, PageTokenCodec<P> codec, Map<String, Object> extraMeta) {
        var meta = new LinkedHashMap<String, Object>();
        meta.put("total_count", page.total());
        meta.putAll(extraMeta);
        return new ReportPage<>(page.rows(), metadata, meta, page.nextPageToken().map(codec::encode));
    }
}
