package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** In what an answer of v1 can be written; the first one is meant where a caller likes several as much. */
enum Format implements Accept.Typed {

    JSON("json", "application/json", ""), //
    CSV("csv", "text/csv", "; charset=utf-8; header=present"), //
    TSV("tsv", "text/tab-separated-values", "; charset=utf-8"), //
    NDJSON("ndjson", "application/x-ndjson", "");

    static final Parameter<Optional<Format>> PARAMETER = Parameter.optional("format", "json, csv, tsv, ndjson", Format::named,
            format -> format.word);

    private static final List<Format> ALL = List.of(values());

    private final String word;
    private final String mediaType;
    private final String details;

    Format(String word, String mediaType, String details) {
        this.word = word;
        this.mediaType = mediaType;
        this.details = details;
    }

    private static Optional<Format> named(String word) {
        return ALL.stream().filter(format -> format.word.equals(word)).findFirst();
    }

    /** What a caller takes by its headers. */
    static Format acceptedBy(Headers request) {
        return Accept.of(request).best(ALL).orElseThrow(() -> new Refusal(Problem.notAcceptable(
                ALL.stream().map(Format::mediaType).collect(Collectors.joining(", ")).replaceFirst(", (?=[^,]*$)", " and "))));
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    Header type() {
        return HeaderValues.create(HeaderNames.CONTENT_TYPE, mediaType + details);
    }

    /** As it stands in a query, and at the end of a file's name. */
    String word() {
        return word;
    }

    /** Writes rows; not for JSON, whose answers are more than rows. */
    <R> RowWriter<R> writer(Table<R> table, OutputStream out) {
        return switch (this) {
            case CSV -> Delimited.csv(table, out);
            case TSV -> Delimited.tsv(table, out);
            case NDJSON -> new JsonRows<>(table, out);
            case JSON -> throw new IllegalArgumentException("An answer in JSON is more than its rows");
        };
    }
}
