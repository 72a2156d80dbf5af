package coworking.analytics.rest.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The media types that a client accepts, by Accept (RFC 9110, 12.5.1). Invalid members are ignored. */
public final class Accept {

    private static final Pattern MEDIA_RANGE = Pattern.compile("\\s*+([^\\s,;/]++)/([^\\s,;/]++)\\s*+((?:;[^;]*+)*+)");
    private static final Pattern WEIGHT = Pattern.compile("\\s*+q\\s*+=\\s*+(0(?:\\.\\d{0,3})?+|1(?:\\.0{0,3})?+)\\s*+",
            Pattern.CASE_INSENSITIVE);
    private static final String WILDCARD = "*";

    private final List<MediaRange> ranges;

    private Accept(List<MediaRange> ranges) {
        this.ranges = ranges;
    }

    public static Accept of(Headers request) {
        var members = request.contains(HeaderNames.ACCEPT)
                ? request.all(HeaderNames.ACCEPT, List::of).stream().flatMap(value -> Stream.of(value.split(",", -1)))
                : Stream.<String>of();
        var ranges = members.filter(member -> !member.isBlank()).toList();
        return new Accept(ranges.isEmpty()
                ? List.of(new MediaRange(WILDCARD, WILDCARD, 1))
                : ranges.stream().map(MEDIA_RANGE::matcher).filter(Matcher::matches).map(MediaRange::of).toList());
    }

    /** The offer with the highest weight, the first one of several; empty if the client accepts none. */
    public <T extends HasMediaType> Optional<T> best(List<T> offers) {
        return offers.stream().filter(offer -> weight(offer) > 0).sorted(Comparator.comparingDouble(this::weight).reversed()).findFirst();
    }

    /** The weight of the most specific range that matches. */
    private double weight(HasMediaType offer) {
        return ranges.stream().filter(range -> range.matches(offer)).max(Comparator.comparingInt(MediaRange::specificity))
                .map(MediaRange::weight)
                .orElse(0.0);
    }

    /** An offer with a media type. */
    public interface HasMediaType {

        /** In lower case, without parameters. */
        String mediaType();
    }

    private record MediaRange(String type, String subtype, double weight) {

        static MediaRange of(Matcher member) {
            var weight = Stream.of(member.group(3).split(";", -1)).map(WEIGHT::matcher).filter(Matcher::matches)
                    .mapToDouble(matcher -> Double.parseDouble(matcher.group(1))).findFirst().orElse(1);
            return new MediaRange(member.group(1).toLowerCase(Locale.ROOT), member.group(2).toLowerCase(Locale.ROOT), weight);
        }

        boolean matches(HasMediaType offer) {
            var slash = offer.mediaType().indexOf('/');
            return (type.equals(WILDCARD) && subtype.equals(WILDCARD)) || (type.equals(offer.mediaType().substring(0, slash))
                    && (subtype.equals(WILDCARD) || subtype.equals(offer.mediaType().substring(slash + 1))));
        }

        int specificity() {
            return (type.equals(WILDCARD) ? 0 : 1) + (subtype.equals(WILDCARD) ? 0 : 1);
        }
    }
}
