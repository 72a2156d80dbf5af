package coworking.analytics.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The head of a response.
 *
 * @param status 200 to 999
 * @param headers all values of each header, by case-insensitive name
 */
record ResponseHead(int status, Map<String, List<String>> headers) {

    private static final int MAX_BYTES = 65_536;
    private static final int MIN_FINAL_STATUS = 200;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: .*)?");
    private static final Pattern HEADER_LINE = Pattern.compile("([^\\s:]+):[ \\t]*(.*?)[ \\t]*");

    /** Reads the head of the final response, skipping informational ones. */
    static ResponseHead read(InputStream in) throws IOException {
        var lines = new HeadLineReader(in);
        var head = read(lines);
        while (head.status < MIN_FINAL_STATUS) {
            head = read(lines);
        }
        return head;
    }

    private static ResponseHead read(HeadLineReader lines) throws IOException {
        var status = STATUS_LINE.matcher(lines.nextLine());
        if (!status.matches()) {
            throw new ProtocolException("the response is not HTTP/1.1");
        }
        var fields = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var line = lines.nextLine(); !line.isEmpty(); line = lines.nextLine()) {
            var field = HEADER_LINE.matcher(line);
            if (!field.matches()) {
                throw new ProtocolException("a header line is malformed");
            }
            fields.computeIfAbsent(field.group(1), name -> new ArrayList<>()).add(field.group(2));
        }
        return new ResponseHead(Integer.parseInt(status.group(1)), fields);
    }

    /** The value of a header; repeated values are joined by commas. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> String.join(", ", values));
    }

    /** Reads lines of a head up to a maximum size. */
    private static final class HeadLineReader {

        private final InputStream in;
        private int remainingBytes = MAX_BYTES;

        private HeadLineReader(InputStream in) {
            this.in = in;
        }

        private String nextLine() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next == -1) {
                    throw new EOFException("it closed the connection before the response");
                }
                if (--remainingBytes == 0) {
                    throw new ProtocolException("the headers are too long");
                }
                line.write(next);
            }
            var text = line.toString(ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
