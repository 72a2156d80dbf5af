package coworking.analytics.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import coworking.analytics.application.port.in.SpaceAnalytics.About;
import coworking.analytics.rest.Inquiry.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An answer in JSON: its rows, what there is to say of them, and where to go from there.
 *
 * @param <R> a row
 * @param target what was asked for
 * @param inquiry what that was taken for
 * @param outcome what came of it
 */
record Envelope<R>(Target target, Inquiry<R> inquiry, Outcome<R> outcome) {

    /** The whole of it. When it was made, by which state and from which source makes no difference to who has the same data already. */
    TaggedBytes bytes() {
        var bytes = new TaggedBytes("");
        try {
            Json.object(json -> write(json, bytes), bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory refused to be written to", impossible);
        }
        return bytes;
    }

    private void write(JsonGenerator json, TaggedBytes bytes) throws IOException {
        json.writeArrayFieldStart("data");
        for (var row : outcome.rows()) {
            inquiry.table().write(row, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("meta");
        writeMeta(outcome.about(), json, bytes);
        json.writeEndObject();
        json.writeObjectFieldStart("links");
        json.writeStringField("self", target.self());
        if (outcome.next().isPresent()) {
            json.writeStringField("next", target.next(outcome.next().get()));
        }
        json.writeEndObject();
    }

    private void writeMeta(About about, JsonGenerator json, TaggedBytes bytes) throws IOException {
        write("query", target.query(about.days()), json);
        mark(false, json, bytes);
        write("as_of", about.asOf(), json);
        write("version", about.version(), json);
        write("source", about.isFromRollup() ? "rollup" : "scan", json);
        mark(true, json, bytes);
        write("partial", about.isPartial(), json);
        write("definition", Definitions.link(inquiry.definition()), json);
        write("definitions", inquiry.definitions().links(), json);
        write("warnings", about.warnings(), json);
        for (var more : outcome.further().entrySet()) {
            write(more.getKey(), more.getValue(), json);
        }
    }

    private static void mark(boolean makesADifference, JsonGenerator json, TaggedBytes bytes) throws IOException {
        json.flush();
        bytes.makesADifference(makesADifference);
    }

    private static void write(String name, Object value, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        Cell.write(value, json);
    }
}
