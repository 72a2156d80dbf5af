package coworking.analytics.bootstrap.replay;

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

/** Tells two reports apart by their days or users. Both are read as they are sent, one entry of each at a time in memory. */
final class Entries {

    private static final int NAMED = 3;
    private static final int SHOWN = 200;

    private final String plural;
    private final Comparator<String> order;
    private final Sample onlyFrom = new Sample();
    private final Sample onlyTo = new Sample();
    private final Sample different = new Sample();

    private Entries(String plural, Comparator<String> order) {
        this.plural = plural;
        this.order = order;
    }

    /**
     * Asks once more for a report, and says what differs in it, a line for each kind of difference; nothing where the request is for no
     * report.
     */
    static List<String> differences(Call call, Site from, Site to, Duration patience) {
        return forReport(call).map(entries -> entries.compare(call, from, to, patience)).orElse(List.of());
    }

    private static Optional<Entries> forReport(Call call) {
        return switch (call.method() + " " + call.path()) {
            case "GET " + Call.DAILY_USAGE -> Optional.of(new Entries("days", Comparator.comparing(LocalDate::parse)));
            case "GET " + Call.USER_VISITS -> Optional.of(new Entries("users", Comparator.comparing(BigInteger::new)));
            default -> Optional.empty();
        };
    }

    private List<String> compare(Call call, Site from, Site to, Duration patience) {
        try (var one = Exchange.begin(from, call, patience); var other = Exchange.begin(to, call, patience)) {
            merge(new Reader("from", one), new Reader("to", other));
            return lines();
        } catch (NoAnswer failure) {
            return incomparable(failure.sideAndReason());
        } catch (Unreadable text) {
            return incomparable(text.why);
        }
    }

    private List<String> incomparable(String why) {
        return List.of("its " + plural + " cannot be compared: " + why);
    }

    private void merge(Reader from, Reader to) {
        var one = from.next();
        var other = to.next();
        while (one.isPresent() || other.isPresent()) {
            var first = first(one, other);
            if (first == 0) {
                compare(one.orElseThrow(), other.orElseThrow());
            } else {
                (first < 0 ? onlyFrom : onlyTo).add((first < 0 ? one : other).orElseThrow().key);
            }
            one = first <= 0 ? from.next() : one;
            other = first >= 0 ? to.next() : other;
        }
    }

    private int first(Optional<Entry> one, Optional<Entry> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? 1 : -1;
        }
        return order.compare(one.get().key, other.get().key);
    }

    private void compare(Entry one, Entry other) {
        if (!one.equals(other)) {
            different.add(one.key + " (from " + one.value + ", to " + other.value + ")");
        }
    }

    private List<String> lines() {
        var lines = Stream.of(onlyFrom.line(plural + " only in from: "), onlyTo.line(plural + " only in to: "),
                different.line(plural + " that differ: ")).flatMap(Optional::stream).toList();
        return lines.isEmpty() ? List.of("its " + plural + " are the same: the difference is in how they are written") : lines;
    }

    /** Another text than a report's. */
    private static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String why;

        private Unreadable(String why) {
            super(why);
            this.why = why;
        }
    }

    /** How many there are, and the first of them. */
    private static final class Sample {

        private final List<String> named = new ArrayList<>();
        private long count;

        private void add(String one) {
            count++;
            if (named.size() < NAMED) {
                named.add(Visible.beginning(one, SHOWN));
            }
        }

        private Optional<String> line(String title) {
            return count == 0
                    ? Optional.empty()
                    : Optional.of(title + count + ": " + String.join(", ", named) + (count > named.size() ? ", ..." : ""));
        }
    }

    private record Entry(String key, String value) {}

    /** The entries of one side, which have to come in the order that the contract promises. */
    private final class Reader {

        /** Names are not kept: there may be a million. */
        private static final JsonFactory JSON = JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNameLength(1_000).maxStringLength(10_000).maxNestingDepth(3).build())
                .build();
        private static final int LONGEST_VALUE = 10_000;

        private final String side;
        private final Exchange exchange;
        private final JsonParser json;
        private Optional<String> last = Optional.empty();

        private Reader(String side, Exchange exchange) {
            this.side = side;
            this.exchange = exchange;
            try {
                json = JSON.createParser(exchange.body(exchange.head()));
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw new Unreadable(side + " is no JSON object");
                }
            } catch (IOException failure) {
                throw failed(failure);
            }
        }

        private Optional<Entry> next() {
            try {
                if (json.nextToken() == JsonToken.END_OBJECT) {
                    return Optional.empty();
                }
                var key = json.currentName();
                json.nextToken();
                checkOrder(key);
                return Optional.of(new Entry(key, value()));
            } catch (IOException failure) {
                throw failed(failure);
            }
        }

        private void checkOrder(String key) {
            try {
                if (order.compare(last.orElse(key), key) > 0 || last.filter(key::equals).isPresent()) {
                    throw new Unreadable(side + " has " + Visible.beginning(key, SHOWN) + " after " + last.orElse(key));
                }
                last = Optional.of(key);
            } catch (DateTimeException | NumberFormatException noKey) {
                throw new Unreadable(side + " has something else among them: " + Visible.beginning(key, SHOWN));
            }
        }

        /** A number, or an object as it would be written. */
        private String value() throws IOException {
            var value = new StringBuilder();
            var depth = 0;
            do {
                switch (json.currentToken()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    default -> {}
                }
                append(value);
            } while (depth > 0 && json.nextToken() != null);
            return value.toString();
        }

        private void append(StringBuilder value) throws IOException {
            var inner = json.currentToken() != JsonToken.END_OBJECT && json.currentToken() != JsonToken.END_ARRAY;
            if (inner && !value.isEmpty() && ":{[".indexOf(value.charAt(value.length() - 1)) < 0) {
                value.append(',');
            }
            switch (json.currentToken()) {
                case FIELD_NAME -> value.append('"').append(json.currentName()).append("\":");
                case VALUE_STRING -> value.append('"').append(json.getText()).append('"');
                default -> value.append(json.getText());
            }
            if (value.length() > LONGEST_VALUE) {
                throw new Unreadable(side + " has a value that is too long");
            }
        }

        private RuntimeException failed(IOException failure) {
            return failure instanceof JacksonException wrong
                    ? new Unreadable(side + " is no JSON: " + Visible.beginning(wrong.getOriginalMessage(), SHOWN))
                    : exchange.noAnswer(failure);
        }
    }
}
