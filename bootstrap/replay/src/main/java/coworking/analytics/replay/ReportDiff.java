package coworking.analytics.replay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares two reports by their days or users. Both are streamed, with one entry of each in memory. */
final class ReportDiff {

    private static final int MAX_KEYS_SHOWN = 3;
    private static final int MAX_TEXT_SHOWN = 200;

    private final String entriesName;
    private final Comparator<String> keyOrder;
    private final KeySample onlyFrom = new KeySample();
    private final KeySample onlyTo = new KeySample();
    private final KeySample different = new KeySample();

    private ReportDiff(String entriesName, Comparator<String> keyOrder) {
        this.entriesName = entriesName;
        this.keyOrder = keyOrder;
    }

    /**
     * Requests a report again and describes the differences, one line for each kind; empty if the request is not for a report.
     */
    static List<String> differences(ReplayRequest request, ServiceUrl from, ServiceUrl to, Duration timeout) {
        return forReport(request).map(entries -> entries.compare(request, from, to, timeout)).orElse(List.of());
    }

    private static Optional<ReportDiff> forReport(ReplayRequest request) {
        return switch (request.method() + " " + request.path()) {
            case "GET " + ReplayRequest.DAILY_USAGE -> Optional.of(new ReportDiff("days", Comparator.comparing(LocalDate::parse)));
            case "GET " + ReplayRequest.USER_VISITS -> Optional.of(new ReportDiff("users", Comparator.comparing(BigInteger::new)));
            default -> Optional.empty();
        };
    }

    private List<String> compare(ReplayRequest request, ServiceUrl from, ServiceUrl to, Duration timeout) {
        try (var one = ReplayExchange.send(from, request, timeout); var other = ReplayExchange.send(to, request, timeout)) {
            merge(new ReportEntryReader("from", one), new ReportEntryReader("to", other));
            return differenceLines();
        } catch (NoResponseException failure) {
            return incomparable(failure.sideAndReason());
        } catch (UnreadableReportException text) {
            return incomparable(text.reason);
        }
    }

    private List<String> incomparable(String reason) {
        return List.of("its " + entriesName + " cannot be compared: " + reason);
    }

    private void merge(ReportEntryReader from, ReportEntryReader to) {
        var one = from.next();
        var other = to.next();
        while (one.isPresent() || other.isPresent()) {
            var first = compareKeys(one, other);
            if (first == 0) {
                compare(one.orElseThrow(), other.orElseThrow());
            } else {
                (first < 0 ? onlyFrom : onlyTo).add((first < 0 ? one : other).orElseThrow().key);
            }
            one = first <= 0 ? from.next() : one;
            other = first >= 0 ? to.next() : other;
        }
    }

    private int compareKeys(Optional<ReportEntry> one, Optional<ReportEntry> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? 1 : -1;
        }
        return keyOrder.compare(one.get().key, other.get().key);
    }

    private void compare(ReportEntry one, ReportEntry other) {
        if (!one.equals(other)) {
            different.add(one.key + " (from " + one.value + ", to " + other.value + ")");
        }
    }

    private List<String> differenceLines() {
        var lines = Stream.of(onlyFrom.summaryLine(entriesName + " only in from: "), onlyTo.summaryLine(entriesName + " only in to: "),
                different.summaryLine(entriesName + " that differ: ")).flatMap(Optional::stream).toList();
        return lines.isEmpty() ? List.of("its " + entriesName + " are the same: only their notation differs") : lines;
    }

    /** The body is not a report. */
    private static final class UnreadableReportException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        private UnreadableReportException(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** A count and the first few keys. */
    private static final class KeySample {

        private final List<String> firstKeys = new ArrayList<>();
        private long count;

        private void add(String key) {
            count++;
            if (firstKeys.size() < MAX_KEYS_SHOWN) {
                firstKeys.add(Escaped.truncated(key, MAX_TEXT_SHOWN));
            }
        }

        private Optional<String> summaryLine(String title) {
            return count == 0
                    ? Optional.empty()
                    : Optional.of(title + count + ": " + String.join(", ", firstKeys) + (count > firstKeys.size() ? ", ..." : ""));
        }
    }

    private record ReportEntry(String key, String value) {}

    /** The entries of one report, which must come in the order that the contract promises. */
    private final class ReportEntryReader {

        /** Field names are not interned: there may be a million. */
        private static final JsonFactory JSON = JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNameLength(1_000).maxStringLength(10_000).maxNestingDepth(3).build())
                .build();
        private static final int MAX_VALUE_LENGTH = 10_000;

        private final String side;
        private final ReplayExchange exchange;
        private final JsonParser parser;
        private Optional<String> previousKey = Optional.empty();

        private ReportEntryReader(String side, ReplayExchange exchange) {
            this.side = side;
            this.exchange = exchange;
            try {
                parser = JSON.createParser(exchange.openBody(exchange.readHead()));
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new UnreadableReportException(side + " is not a JSON object");
                }
            } catch (IOException failure) {
                throw toException(failure);
            }
        }

        private Optional<ReportEntry> next() {
            try {
                if (parser.nextToken() == JsonToken.END_OBJECT) {
                    return Optional.empty();
                }
                var key = parser.currentName();
                parser.nextToken();
                checkOrder(key);
                return Optional.of(new ReportEntry(key, value()));
            } catch (IOException failure) {
                throw toException(failure);
            }
        }

        private void checkOrder(String key) {
            try {
                if (keyOrder.compare(previousKey.orElse(key), key) > 0 || previousKey.filter(key::equals).isPresent()) {
                    throw new UnreadableReportException(
                            side + " has " + Escaped.truncated(key, MAX_TEXT_SHOWN) + " after " + previousKey.orElse(key));
                }
                previousKey = Optional.of(key);
            } catch (DateTimeException | NumberFormatException noKey) {
                throw new UnreadableReportException(side + " has an invalid key: " + Escaped.truncated(key, MAX_TEXT_SHOWN));
            }
        }

        /** A number, or an object in JSON. */
        private String value() throws IOException {
            var value = new StringBuilder();
            var depth = 0;
            do {
                switch (parser.currentToken()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    default -> {}
                }
                append(value);
            } while (depth > 0 && parser.nextToken() != null);
            return value.toString();
        }

        private void append(StringBuilder value) throws IOException {
            var inner = parser.currentToken() != JsonToken.END_OBJECT && parser.currentToken() != JsonToken.END_ARRAY;
            if (inner && !value.isEmpty() && ":{[".indexOf(value.charAt(value.length() - 1)) < 0) {
                value.append(',');
            }
            switch (parser.currentToken()) {
                case FIELD_NAME -> value.append('"').append(parser.currentName()).append("\":");
                case VALUE_STRING -> value.append('"').append(parser.getText()).append('"');
                default -> value.append(parser.getText());
            }
            if (value.length() > MAX_VALUE_LENGTH) {
                throw new UnreadableReportException(side + " has a value that is too long");
            }
        }

        private RuntimeException toException(IOException failure) {
            return failure instanceof JacksonException wrong
                    ? new UnreadableReportException(side + " is not JSON: " + Escaped.truncated(wrong.getOriginalMessage(), MAX_TEXT_SHOWN))
                    : exchange.toException(failure);
        }
    }
}
