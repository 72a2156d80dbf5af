package coworking.analytics.rest.v1.response;

import coworking.analytics.rest.http.Accept;
import coworking.analytics.rest.http.Problem;
import coworking.analytics.rest.http.ProblemException;
import coworking.analytics.rest.http.RepresentationHeaders;
import coworking.analytics.rest.http.TaggedOutput;
import coworking.analytics.rest.v1.request.ParameterSpec;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of v1. If a client prefers several equally, the first one is used. */
public enum ResponseFormat implements Accept.HasMediaType {

    JSON("json", "application/json", ""), //
    CSV("csv", "text/csv", "; charset=utf-8; header=present"), //
    TSV("tsv", "text/tab-separated-values", "; charset=utf-8"), //
    NDJSON("ndjson", "application/x-ndjson", ""), //
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "");

    static final ParameterSpec<Optional<ResponseFormat>> PARAMETER = ParameterSpec.optional("format", "json, csv, tsv, ndjson, xlsx",
            ResponseFormat::parse, format -> format.code);

    private static final List<ResponseFormat> ALL = List.of(values());

    private final String code;
    private final String mediaType;
    @SuppressWarnings("ImmutableEnumChecker") // It holds immutable headers only.
    private final RepresentationHeaders headers;
    @SuppressWarnings("ImmutableEnumChecker") // As above.
    private final RepresentationHeaders headersWithNames;

    ResponseFormat(String code, String mediaType, String mediaTypeParameters) {
        this.code = code;
        this.mediaType = mediaType;
        this.headers = RepresentationHeaders.of(mediaType + mediaTypeParameters, "Accept, Accept-Encoding");
        this.headersWithNames = RepresentationHeaders.of(mediaType + mediaTypeParameters, "Accept, Accept-Encoding, Authorization");
    }

    private static Optional<ResponseFormat> parse(String code) {
        return ALL.stream().filter(format -> format.code.equals(code)).findFirst();
    }

    /** The format that the headers of a request prefer. */
    static ResponseFormat acceptedBy(Headers request) {
        return Accept.of(request).best(ALL).orElseThrow(ResponseFormat::notAcceptable);
    }

    private static ProblemException notAcceptable() {
        var types = ALL.stream().map(ResponseFormat::mediaType).collect(Collectors.joining(", ")).replaceFirst(", (?=[^,]*$)", " and ");
        return new ProblemException(Problem.of(Status.NOT_ACCEPTABLE_406, "Available media types: " + types + "."));
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    /** The headers of a response, which depends on the client's access if it includes names. */
    public RepresentationHeaders headers(boolean includesNames) {
        return includesNames ? headersWithNames : headers;
    }

    /** The header that names the file of a download. */
    public Header contentDisposition(String fileName) {
        return HeaderValues.create(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "." + code + "\"");
    }

    /** The value of the parameter {@code format}, and the extension of a file. */
    public String code() {
        return code;
    }

    /** Makes a writer of rows. JSON has none: its responses have more than rows. */
    public <R> RowWriter<R> writer(RowSchema<R> schema, DelimitedOptions options, TaggedOutput out) {
        return switch (this) {
            case CSV -> DelimitedWriter.csv(schema, options, out);
            case TSV -> DelimitedWriter.tsv(schema, options, out);
            case NDJSON -> new NdjsonWriter<>(schema, out);
            case XLSX -> new XlsxWriter<>(schema, out);
            case JSON -> throw new IllegalArgumentException("A response in JSON has more than rows");
        };
    }
}
