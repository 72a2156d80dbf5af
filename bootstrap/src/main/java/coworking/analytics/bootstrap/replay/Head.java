package coworking.analytics.bootstrap.replay;

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
 * What comes before a body.
 *
 * @param status 200 to 999
 * @param fields all values of each header, by its name in any letter case
 */
record Head(int status, Map<String, List<String>> fields) {

    private static final int MOST_BYTES = 65_536;
    private static final int FIRST_FINAL = 200;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: .*)?");
    private static final Pattern FIELD = Pattern.compile("([^\\s:]+):[ \\t]*(.*?)[ \\t]*");

    /** Reads the head of an answer, past those that only announce one. */
    static Head read(InputStream in) throws IOException {
        var lines = new Lines(in);
        var head = read(lines);
        while (head.status < FIRST_FINAL) {
            head = read(lines);
        }
        return head;
    }

    private static Head read(Lines lines) throws IOException {
        var status = STATUS.matcher(lines.next());
        if (!status.matches()) {
            throw new ProtocolException("what it says is not HTTP/1.1");
        }
        var fields = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var line = lines.next(); !line.isEmpty(); line = lines.next()) {
            var field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new ProtocolException("one of its headers is none");
            }
            fields.computeIfAbsent(field.group(1), name -> new ArrayList<>()).add(field.group(2));
        }
        return new Head(Integer.parseInt(status.group(1)), fields);
    }

    /** The value of a header, those of one that comes several times with commas between them. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).map(values -> String.join(", ", values));
    }

    /** Lines as HTTP ends them, of which there may not be too many. */
    private static final class Lines {

        private final InputStream in;
        private int left = MOST_BYTES;

        private Lines(InputStream in) {
            this.in = in;
        }

        private String next() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next == -1) {
                    throw new EOFException("it closed the connection before its answer");
                }
                if (--left == 0) {
                    throw new ProtocolException("its headers have no end");
                }
                line.write(next);
            }
            var text = line.toString(ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
