package coworking.analytics.rest;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a caller says of the media types it takes, in Accept (RFC 9110, 12.5.1). Members that make no sense are passed over. */
final class Accept {

    private static final Pattern MEMBER = Pattern.compile("\\s*+([^\\s,;/]++)/([^\\s,;/]++)\\s*+((?:;[^;]*+)*+)");
    private static final Pattern WEIGHT = Pattern.compile("\\s*+q\\s*+=\\s*+(0(?:\\.\\d{0,3})?+|1(?:\\.0{0,3})?+)\\s*+",
            Pattern.CASE_INSENSITIVE);
    private static final String ANY = "*";

    private final List<Range> ranges;

    private Accept(List<Range> ranges) {
        this.ranges = ranges;
    }

    static Accept of(Headers request) {
        var members = request.contains(HeaderNames.ACCEPT)
                ? request.all(HeaderNames.ACCEPT, List::of).stream().flatMap(value -> Stream.of(value.split(",", -1)))
                : Stream.<String>of();
        var ranges = members.filter(member -> !member.isBlank()).toList();
        return new Accept(ranges.isEmpty()
                ? List.of(new Range(ANY, ANY, 1))
                : ranges.stream().map(MEMBER::matcher).filter(Matcher::matches).map(Range::of).toList());
    }

    /** What the caller likes best of some types, the first of those that it likes as much; empty where it takes none. */
    <T extends Typed> Optional<T> best(List<T> offers) {
        return offers.stream().filter(offer -> weight(offer) > 0).sorted(Comparator.comparingDouble(this::weight).reversed()).findFirst();
    }

    /** As the range says that names the type most exactly. */
    private double weight(Typed offer) {
        return ranges.stream().filter(range -> range.names(offer)).max(Comparator.comparingInt(Range::exactness)).map(Range::weight)
                .orElse(0.0);
    }

    /** Something of a media type. */
    interface Typed {

        /** In small letters, without parameters. */
        String mediaType();
    }

    private record Range(String type, String subtype, double weight) {

        static Range of(Matcher member) {
            var weight = Stream.of(member.group(3).split(";", -1)).map(WEIGHT::matcher).filter(Matcher::matches)
                    .mapToDouble(matcher -> Double.parseDouble(matcher.group(1))).findFirst().orElse(1);
            return new Range(member.group(1).toLowerCase(Locale.ROOT), member.group(2).toLowerCase(Locale.ROOT), weight);
        }

        boolean names(Typed offer) {
            var slash = offer.mediaType().indexOf('/');
            return (type.equals(ANY) && subtype.equals(ANY)) || (type.equals(offer.mediaType().substring(0, slash))
                    && (subtype.equals(ANY) || subtype.equals(offer.mediaType().substring(slash + 1))));
        }

        int exactness() {
            return (type.equals(ANY) ? 0 : 1) + (subtype.equals(ANY) ? 0 : 1);
        }
    }
}
