package coworking.analytics.rest.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The content codings that a client accepts, by Accept-Encoding (RFC 9110, 12.5.3). Invalid members are ignored. */
public final class AcceptEncoding {

    private static final Pattern CODING = Pattern.compile("\\s*([^\\s,;]+)\\s*(?:;\\s*q\\s*=\\s*(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)\\s*)?",
            Pattern.CASE_INSENSITIVE);

    private AcceptEncoding() {}

    /** Whether the client accepts gzip with at least the weight of identity. Without the header it does not. */
    public static boolean prefersGzip(Headers request) {
        if (!request.contains(HeaderNames.ACCEPT_ENCODING)) {
            return false;
        }
        var members = request.all(HeaderNames.ACCEPT_ENCODING, List::of).stream().flatMap(value -> List.of(value.split(",", -1)).stream())
                .toList();
        var gzip = weight(members, "gzip").orElse(weight(members, "x-gzip").orElse(weight(members, "*").orElse(0)));
        return gzip > 0 && gzip >= weight(members, "identity").orElse(0);
    }

    private static OptionalDouble weight(List<String> members, String coding) {
        return members.stream()
                .map(CODING::matcher)
                .filter(member -> member.matches() && member.group(1).toLowerCase(Locale.ROOT).equals(coding))
                .mapToDouble(member -> member.group(2) == null ? 1 : Double.parseDouble(member.group(2)))
                .findFirst();
    }
}
