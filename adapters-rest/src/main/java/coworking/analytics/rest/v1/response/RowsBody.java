package coworking.analytics.rest.v1.response;

import static java.lang.System.Logger.Level.ERROR;

import coworking.analytics.application.port.in.SpaceAnalytics.ResultMetadata;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.rest.http.BufferThenStreamOutput;
import coworking.analytics.rest.http.ErrorMapper;
import coworking.analytics.rest.http.ResponseBody;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A response body of rows. The query runs while the body is sent, so the headers that depend on its result are set here, too.
 *
 * @param <R> a row
 */
public final class RowsBody<R> implements ResponseBody {

    private static final System.Logger LOG = System.getLogger(RowsBody.class.getName());

    private final ServerRequest request;
    private final ResourceLinks links;
    private final String fileNamePrefix;
    private final ReportRequest<R> reportRequest;
    private final ResponseFormat format;
    private final DelimitedOptions options;

    public RowsBody(
            ServerRequest request,
            ResourceLinks links,
            String fileNamePrefix,
            ReportRequest<R> reportRequest,
            ResponseFormat format,
            DelimitedOptions options) {
        this.request = request;
        this.links = links;
        this.fileNamePrefix = fileNamePrefix;
        this.reportRequest = reportRequest;
        this.format = format;
        this.options = options;
    }

    @Override
    public void sendHead(ServerResponse response) {
        send(response);
    }

    @Override
    public void send(ServerResponse response) {
        var output = new BufferThenStreamOutput(
                request, response, format.headers(reportRequest.includesNames()), format.code() + links.self());
        try {
            write(output);
            output.finish();
        } catch (BufferThenStreamOutput.ContentNotNeededException complete) {
            output.finishWithoutContent();
        } catch (IOException | RuntimeException failure) {
            throw abort(output, failure);
        }
    }

    private void write(BufferThenStreamOutput output) {
        var writer = format.writer(reportRequest.schema(), options, output);
        reportRequest.streamTo(new RowSink<>() {

            @Override
            public void begin(ResultMetadata metadata, Optional<String> nextPageToken) {
                output.setHeaders(Stream.concat(Stream.of(format.contentDisposition(fileNamePrefix + suffix(metadata.range()))),
                        nextPageToken.map(links::linkHeader).stream()).toList());
                unchecked(writer::writeHeader);
            }

            @Override
            public void accept(R row) {
                unchecked(() -> writer.writeRow(row));
            }
        });
        unchecked(writer::finish);
    }

    private static String suffix(Optional<DateRange> range) {
        return range.map(days -> "_" + days.first() + "_" + days.last()).orElse("").replace("+", "");
    }

    /** Before the first byte, a failure can still become a problem. After it, the connection must end with the content. */
    private static RuntimeException abort(BufferThenStreamOutput output, Exception failure) {
        output.abort();
        if (!output.hasStarted() && failure instanceof RuntimeException early) {
            return early;
        }
        if (!isDisconnect(failure) && !ErrorMapper.isExpected(failure)) {
            LOG.log(ERROR, "A response failed after its first bytes", failure);
        }
        return new ServerConnectionException("The response is incomplete", failure);
    }

    private static boolean isDisconnect(Exception failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException || failure instanceof ServerConnectionException;
    }

    private static void unchecked(IoAction action) {
        try {
            action.run();
        } catch (IOException disconnected) {
            throw new UncheckedIOException(disconnected);
        }
    }

    /** An action that writes. */
    private interface IoAction {

        void run() throws IOException;
    }
}
