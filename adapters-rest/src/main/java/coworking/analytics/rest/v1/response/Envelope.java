package coworking.analytics.rest.v1.response;

import com.fasterxml.jackson.core.JsonGenerator;
import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.rest.http.JsonWriter;
import coworking.analytics.rest.http.TaggedBuffer;
import java.io.IOException;

/**
 * A response in JSON: rows, metadata and links.
 *
 * @param <R> a row
 * @param links the links of the response
 * @param request the parsed request
 * @param page the rows
 */
public record Envelope<R>(ResourceLinks links, ReportRequest<R> request, ReportPage<R> page) {

    /** The whole document. Its tag leaves out when, from which state and from which source it was computed. */
    public TaggedBuffer encode() {
        var buffer = new TaggedBuffer("");
        return buffer.fill(out -> JsonWriter.object(json -> write(json, buffer), out));
    }

    private void write(JsonGenerator json, TaggedBuffer buffer) throws IOException {
        json.writeArrayFieldStart("data");
        for (var row : page.rows()) {
            request.schema().write(row, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("meta");
        writeMeta(page.metadata(), json, buffer);
        json.writeEndObject();
        json.writeObjectFieldStart("links");
        json.writeStringField("self", links.self());
        if (page.nextPageToken().isPresent()) {
            json.writeStringField("next", links.next(page.nextPageToken().get()));
        }
        json.writeEndObject();
    }

    private void writeMeta(ResultMetadata metadata, JsonGenerator json, TaggedBuffer buffer) throws IOException {
        write("query", links.queryMeta(metadata.range()), json);
        includeInTag(false, json, buffer);
        write("as_of", metadata.asOf().toOffsetDateTime(), json);
        write("version", metadata.version(), json);
        write("source", metadata.isFromRollup() ? "rollup" : "scan", json);
        write("data_until", metadata.dataUntil(), json);
        includeInTag(true, json, buffer);
        write("time_zone", metadata.asOf().getZone(), json);
        write("partial", metadata.isPartial(), json);
        write("definition", links.definition(request.definition()), json);
        write("definitions", request.definitionLinks().links(links), json);
        write("warnings", metadata.warnings(), json);
        for (var extra : page.extraMeta().entrySet()) {
            write(extra.getKey(), extra.getValue(), json);
        }
    }

    private static void includeInTag(boolean included, JsonGenerator json, TaggedBuffer buffer) throws IOException {
        json.flush();
        buffer.includeInTag(included);
    }

    private static void write(String name, Object value, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        ValueFormat.write(value, json);
    }
}
