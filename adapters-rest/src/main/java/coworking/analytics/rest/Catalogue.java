package coworking.analytics.rest;

import static coworking.analytics.rest.Table.Field.field;

import coworking.analytics.domain.MetricDefinition;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The domain's definitions, for readers of reports. */
final class Catalogue implements Resource.Content {

    private static final Table<MetricDefinition> TABLE = Table.of(
            field("id", MetricDefinition::id), field("name", MetricDefinition::title), field("definition", MetricDefinition::definition),
            field("formula", MetricDefinition::formula), field("caveats", metric -> String.join(" ", metric.caveats())));

    @Override
    public Answer answer(ServerRequest request) {
        var reading = Reading.of(request);
        var wanted = reading.get(Format.PARAMETER);
        reading.complain();
        var format = wanted.orElseGet(() -> Format.acceptedBy(request.headers()));
        var reply = new Reply(request, format.type(), false);
        return format == Format.JSON
                ? reply.held(json(Target.of(request, reading).self()), List.of())
                : reply.held(rows(format), List.of(HeaderValues.create(HeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"metrics." + format.word() + "\"")));
    }

    private static TaggedBytes json(String self) {
        var bytes = new TaggedBytes("");
        unchecked(() -> Json.object(json -> {
            json.writeArrayFieldStart("data");
            for (var metric : MetricDefinition.values()) {
                TABLE.write(metric, json);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("meta");
            json.writeObjectFieldStart("query");
            json.writeEndObject();
            json.writeArrayFieldStart("warnings");
            json.writeEndArray();
            json.writeEndObject();
            json.writeObjectFieldStart("links");
            json.writeStringField("self", self);
            json.writeEndObject();
        }, bytes));
        return bytes;
    }

    private static TaggedBytes rows(Format format) {
        var bytes = new TaggedBytes(format.word());
        var writer = format.writer(TABLE, bytes);
        unchecked(() -> {
            writer.begin();
            for (var metric : MetricDefinition.values()) {
                writer.row(metric);
            }
            writer.end();
        });
        return bytes;
    }

    private static void unchecked(RowsBody.Writing writing) {
        try {
            writing.run();
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory refused to be written to", impossible);
        }
    }
}
