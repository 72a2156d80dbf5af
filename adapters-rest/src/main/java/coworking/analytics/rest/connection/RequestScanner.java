package coworking.analytics.rest.connection;

import static java.util.Locale.ROOT;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Follows the bytes of one connection from request to request, so that what is no request (RFC 9112) never reaches the server's own parser.
 *
 * <p>It looks at what decides where a request ends: header lines, {@code Content-Length}, {@code Transfer-Encoding} and the sizes of chunks.
 * All else is left to the parser. Line breaks before a request, chunk extensions and trailers are legal, but the parser does not know them:
 * they are left out.
 */
final class RequestScanner {

    /** Of a size line, its extension included, and of a trailer line. */
    private static final int MAX_CHUNK_LINE_BYTES = 4_096;

    /** A chunk of more than 2 GiB has more digits. */
    private static final int MAX_CHUNK_SIZE_DIGITS = 7;

    /** More digits than the length of any body. */
    private static final int MAX_LENGTH_DIGITS = 15;

    private static final Status HEADERS_TOO_LARGE = Status.create(431, "Request Header Fields Too Large");

    private final ConnectionLimits limits;
    private final StringBuilder line = new StringBuilder();
    private final List<String> contentLengths = new ArrayList<>();
    private final List<String> transferEncodings = new ArrayList<>();
    private Part part = Part.BETWEEN_REQUESTS;
    private int headerLines;
    private int headerBytes;
    private long remaining;
    private Optional<RequestException> failure = Optional.empty();

    RequestScanner(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Whether a request has begun that has not ended. */
    boolean isInsideRequest() {
        return part != Part.BETWEEN_REQUESTS;
    }

    /** Whether the head of a request has begun that has not ended. */
    boolean isInsideHead() {
        return part == Part.REQUEST_LINE || part == Part.HEADERS;
    }

    /** Throws what was wrong with the bytes after those that were passed on. */
    void throwIfFailed() {
        failure.ifPresent(known -> {
            throw known;
        });
    }

    /**
     * Passes bytes on up to the first request that is none. If that one began in these bytes, nothing of it is passed on.
     *
     * @return as many bytes or fewer; none if nothing is to be passed on yet, or at all
     */
    byte[] scan(byte[] bytes) {
        var passed = new byte[bytes.length];
        var length = 0;
        var begin = 0;
        try {
            for (var value : bytes) {
                if (part == Part.BETWEEN_REQUESTS) {
                    begin = length;
                }
                if (accept(value)) {
                    passed[length++] = value;
                }
            }
        } catch (RequestException wrong) {
            failure = Optional.of(wrong);
            length = begin;
        }
        return length == bytes.length ? passed : Arrays.copyOf(passed, length);
    }

    /** Takes a byte, and tells whether it is passed on. */
    private boolean accept(byte value) {
        return switch (part) {
            case BETWEEN_REQUESTS -> acceptBetweenRequests(value);
            case REQUEST_LINE -> acceptInRequestLine(value);
            case HEADERS -> acceptInHeaders(value);
            case BODY -> acceptInBody();
            case CHUNK_SIZE -> acceptInChunkSize(value);
            case CHUNK -> acceptInChunk();
            case CHUNK_END -> acceptAfterChunk(value);
            case TRAILERS -> acceptInTrailers(value);
        };
    }

    private boolean acceptBetweenRequests(byte value) {
        if (value == '\r' || value == '\n') {
            return false;
        }
        part = Part.REQUEST_LINE;
        return true;
    }

    /** The parser limits its length. */
    private boolean acceptInRequestLine(byte value) {
        if (value == '\n') {
            part = Part.HEADERS;
            headerLines = 0;
            headerBytes = 0;
            contentLengths.clear();
            transferEncodings.clear();
        }
        return true;
    }

    private boolean acceptInHeaders(byte value) {
        if (++headerBytes > limits.maxHeaderBytes()) {
            throw rejected(HEADERS_TOO_LARGE);
        }
        if (value != '\n') {
            append(value);
            return true;
        }
        var header = takeLine();
        if (header.isEmpty()) {
            beginBody();
        } else if (++headerLines > limits.maxHeaders()) {
            throw rejected(HEADERS_TOO_LARGE);
        } else {
            readHeader(header);
        }
        return true;
    }

    private void readHeader(String header) {
        var colon = header.indexOf(':');
        if (colon < 0) {
            return; // The parser rejects it.
        }
        var value = header.substring(colon + 1).strip();
        switch (header.substring(0, colon).toLowerCase(ROOT)) {
            case "content-length" -> contentLengths.add(value);
            case "transfer-encoding" ->
                Stream.of(value.split(",", -1)).map(coding -> coding.strip().toLowerCase(ROOT)).forEach(transferEncodings::add);
            default -> {
                // It says nothing of the body.
            }
        }
    }

    private void beginBody() {
        if (transferEncodings.isEmpty()) {
            remaining = contentLength();
            part = remaining == 0 ? Part.BETWEEN_REQUESTS : Part.BODY;
        } else {
            requireChunked();
            part = Part.CHUNK_SIZE;
        }
    }

    /** RFC 9112, 6.1 and 6.3: anything else may mean another end of the request to a proxy. */
    private void requireChunked() {
        var chunked = transferEncodings.stream().filter("chunked"::equals).count();
        if (!contentLengths.isEmpty() || chunked != 1 || !transferEncodings.getLast().equals("chunked")) {
            throw rejected(Status.BAD_REQUEST_400);
        }
        if (transferEncodings.size() > 1) {
            throw rejected(Status.NOT_IMPLEMENTED_501);
        }
    }

    private long contentLength() {
        if (contentLengths.isEmpty()) {
            return 0;
        }
        var length = contentLengths.getFirst();
        if (contentLengths.size() > 1 || length.isEmpty() || length.length() > MAX_LENGTH_DIGITS
                || !length.chars().allMatch(character -> character >= '0' && character <= '9')) {
            throw rejected(Status.BAD_REQUEST_400);
        }
        return Long.parseLong(length);
    }

    private boolean acceptInBody() {
        if (--remaining == 0) {
            part = Part.BETWEEN_REQUESTS;
        }
        return true;
    }

    /** Passes on the digits and the line break. */
    private boolean acceptInChunkSize(byte value) {
        if (value == '\n') {
            beginChunk(takeLine());
            return true;
        }
        append(value);
        if (line.length() > MAX_CHUNK_LINE_BYTES) {
            throw rejected(Status.BAD_REQUEST_400);
        }
        return value == '\r' || line.indexOf(";") < 0;
    }

    private void beginChunk(String sizeLine) {
        var semicolon = sizeLine.indexOf(';');
        var size = semicolon < 0 ? sizeLine : sizeLine.substring(0, semicolon);
        if (size.isEmpty() || size.length() > MAX_CHUNK_SIZE_DIGITS || !size.chars().allMatch(digit -> Character.digit(digit, 16) >= 0)) {
            throw rejected(Status.BAD_REQUEST_400);
        }
        remaining = Long.parseLong(size, 16);
        part = remaining == 0 ? Part.TRAILERS : Part.CHUNK;
    }

    private boolean acceptInChunk() {
        if (--remaining == 0) {
            part = Part.CHUNK_END;
        }
        return true;
    }

    private boolean acceptAfterChunk(byte value) {
        if (value == '\n' && line.length() == 1) {
            line.setLength(0);
            part = Part.CHUNK_SIZE;
        } else if (value == '\r' && line.isEmpty()) {
            append(value);
        } else {
            throw rejected(Status.BAD_REQUEST_400);
        }
        return true;
    }

    /** Passes on the empty line at their end. */
    private boolean acceptInTrailers(byte value) {
        if (++headerBytes > limits.maxHeaderBytes()) {
            throw rejected(HEADERS_TOO_LARGE);
        }
        if (value != '\n') {
            append(value);
            return value == '\r' && line.length() == 1;
        }
        var isEnd = takeLine().isEmpty();
        if (isEnd) {
            part = Part.BETWEEN_REQUESTS;
        }
        return isEnd;
    }

    private void append(byte value) {
        line.append((char) (value & 0xFF));
    }

    /** The line that ends here, without its line break. */
    private String takeLine() {
        var end = line.length();
        var text = end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
        line.setLength(0);
        return text;
    }

    private static RequestException rejected(Status status) {
        return RequestException.builder().type(EventType.BAD_REQUEST).status(status).message(status.reasonPhrase()).setKeepAlive(false)
                .build();
    }

    /** Where the next byte belongs. */
    private enum Part {
        BETWEEN_REQUESTS, REQUEST_LINE, HEADERS, BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILERS
    }
}
