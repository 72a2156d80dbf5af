package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.domain.report.MetricDefinition;
import coworking.analytics.rest.http.JsonWriter;
import coworking.analytics.rest.http.ReadOnlyResource;
import coworking.analytics.rest.http.Response;
import coworking.analytics.rest.http.TaggedBuffer;
import coworking.analytics.rest.v1.request.QueryParameters;
import coworking.analytics.rest.v1.response.DelimitedOptions;
import coworking.analytics.rest.v1.response.RequestedFormat;
import coworking.analytics.rest.v1.response.ResourceLinks;
import coworking.analytics.rest.v1.response.ResponseFormat;
import coworking.analytics.rest.v1.response.RowSchema;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/** The catalogue of metrics: the domain's definitions. */
final class MetricDefinitionsResource implements ReadOnlyResource.GetHandler {

    private static final RowSchema<MetricDefinition> SCHEMA = RowSchema.of(
            field("id", MetricDefinition::id), field("name", MetricDefinition::title), field("definition", MetricDefinition::definition),
            field("formula", metric -> MetricDescription.of(metric).formula()),
            field("caveats", metric -> String.join(" ", MetricDescription.of(metric).caveats())));

    @Override
    public Response respond(ServerRequest request) {
        var parameters = QueryParameters.of(request);
        var requestedFormat = RequestedFormat.of(parameters);
        parameters.throwIfInvalid();
        var format = requestedFormat.select(request.headers());
        var headers = format.headers(false);
        return format == ResponseFormat.JSON
                ? json(ResourceLinks.of(request, parameters, V1Route.METRICS.path())).toResponse(request, headers)
                : rows(format, requestedFormat.options()).toResponse(request, headers.with(List.of(format.contentDisposition("metrics"))));
    }

    private static TaggedBuffer json(ResourceLinks links) {
        return new TaggedBuffer("").fill(out -> JsonWriter.object(json -> {
            json.writeArrayFieldStart("data");
            for (var metric : MetricDefinition.values()) {
                SCHEMA.write(metric, json);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("meta");
            json.writeObjectFieldStart("query");
            json.writeEndObject();
            json.writeArrayFieldStart("warnings");
            json.writeEndArray();
            json.writeEndObject();
            json.writeObjectFieldStart("links");
            json.writeStringField("self", links.self());
            json.writeEndObject();
        }, out));
    }

    private static TaggedBuffer rows(ResponseFormat format, DelimitedOptions options) {
        var buffer = new TaggedBuffer(format.code());
        return buffer.fill(out -> {
            var writer = format.writer(SCHEMA, options, buffer);
            writer.writeHeader();
            for (var metric : MetricDefinition.values()) {
                writer.writeRow(metric);
            }
            writer.finish();
        });
    }
}
