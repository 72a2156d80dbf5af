package coworking.analytics.rest.v1;

import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.v1.request.CommonParameters;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.Envelope;
import coworking.analytics.rest.v1.response.ReportRequest;
import coworking.analytics.rest.v1.response.RequestedFormat;
import coworking.analytics.rest.v1.response.ResourceLinks;
import coworking.analytics.rest.v1.response.ResponseFormat;
import coworking.analytics.rest.v1.response.RowsBody;
import io.helidon.webserver.http.ServerRequest;
import java.util.function.Function;

/** The resource of a report: parses the query, checks access to names, runs the report and writes it in the requested format. */
final class ReportEndpoint implements ReadOnlyResource.GetHandler {

    private final String fileNamePrefix;
    private final Function<ServerRequest, Report> reports;
    private final ReportDependencies dependencies;

    /**
     * Makes a resource.
     *
     * @param fileNamePrefix the beginning of the names of downloaded files
     * @param reports makes the report of a request
     */
    ReportEndpoint(String fileNamePrefix, Function<ServerRequest, Report> reports, ReportDependencies dependencies) {
        this.fileNamePrefix = fileNamePrefix;
        this.reports = reports;
        this.dependencies = dependencies;
    }

    @Override
    public Response respond(ServerRequest request) {
        var parameters = QueryParameters.of(request);
        var format = RequestedFormat.of(parameters);
        var scope = CommonParameters.reportScope(parameters, dependencies::asOf);
        var reportRequest = reports.apply(request).parse(scope, parameters);
        parameters.throwIfInvalid();
        if (reportRequest.includesNames()) {
            dependencies.nameAccess().ensureAllowed(request.headers());
        }
        return respond(request, ResourceLinks.of(request, parameters, V1Route.METRICS.path()), reportRequest, format);
    }

    private <R> Response respond(ServerRequest request, ResourceLinks links, ReportRequest<R> reportRequest, RequestedFormat requested) {
        var format = requested.select(request.headers());
        return format == ResponseFormat.JSON
                ? json(request, links, reportRequest)
                : Response.of(new RowsBody<>(request, links, fileNamePrefix, reportRequest, format, requested.options()));
    }

    private static <R> Response json(ServerRequest request, ResourceLinks links, ReportRequest<R> reportRequest) {
        var page = reportRequest.page().get();
        var headers = ResponseFormat.JSON.headers(reportRequest.includesNames())
                .with(page.nextPageToken().map(links::linkHeader).stream().toList());
        return new Envelope<>(links, reportRequest, page).encode().toResponse(request, headers);
    }
}
