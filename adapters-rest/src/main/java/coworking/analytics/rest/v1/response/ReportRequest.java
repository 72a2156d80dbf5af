package coworking.analytics.rest.v1.response;

import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.application.port.in.SpaceAnalytics.RowConsumer;
import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.rest.v1.request.CommonParameters.PageParameters;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A parsed report request, ready to run. It is run once, for a page or for all rows.
 *
 * @param <R> a row
 * @param schema the fields of a row
 * @param definition the metric that the report is about
 * @param definitionLinks the metrics of its fields
 * @param includesNames whether the client requested members' names
 * @param page runs the query for the report, or for one page of it
 * @param exporter runs the query for all rows; empty if the report has no pages, or the client requested one of them
 */
public record ReportRequest<R>(
        RowSchema<R> schema,
        MetricDefinition definition,
        DefinitionLinks definitionLinks,
        boolean includesNames,
        Supplier<ReportPage<R>> page,
        Optional<Consumer<RowConsumer<R>>> exporter) {

    /** A report without pages. */
    public static <R> ReportRequest<R> unpaged(
            RowSchema<R> schema, MetricDefinition definition, DefinitionLinks definitionLinks, Supplier<ReportPage<R>> report) {
        return new ReportRequest<>(schema, definition, definitionLinks, false, report, Optional.empty());
    }

    /** A report with pages, which can be exported as a whole. */
    public static <R> ReportRequest<R> paged(
            RowSchema<R> schema,
            MetricDefinition definition,
            DefinitionLinks definitionLinks,
            PageParameters parameters,
            Supplier<ReportPage<R>> page,
            Consumer<RowConsumer<R>> exporter) {
        return new ReportRequest<>(schema, definition, definitionLinks, parameters.includesNames(), page,
                parameters.isSinglePage() ? Optional.empty() : Optional.of(exporter));
    }

    /** Runs the query for all requested rows. */
    void streamTo(RowSink<R> sink) {
        exporter.ifPresentOrElse(export -> export.accept(new RowSinkAdapter<>(sink)), () -> {
            var result = page.get();
            sink.begin(result.metadata(), result.nextPageToken());
            result.rows().forEach(sink::accept);
        });
    }

    /** Passes exported rows on; an export has no next page. */
    private record RowSinkAdapter<R>(RowSink<R> sink) implements RowConsumer<R> {

        @Override
        public void begin(ResultMetadata metadata) {
            sink.begin(metadata, Optional.empty());
        }

        @Override
        public void accept(R row) {
            sink.accept(row);
        }
    }
}
