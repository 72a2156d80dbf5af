package coworking.analytics.replay;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of one of the two services.
 *
 * @param side its name in messages: {@code from} or {@code to}
 * @param isSecure whether it uses TLS
 * @param host a name or an address; IPv6 in brackets
 * @param path the prefix of each request's path; empty, or with a slash at the start and none at the end
 */
record ServiceUrl(String side, boolean isSecure, String host, int port, String path) {

    private static final Pattern CREDENTIALS = Pattern.compile("[^/?#]*/*[^/?#]*@.*", Pattern.DOTALL);
    private static final Pattern URL = Pattern.compile(
            "(https?)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?((?:/[!-~&&[^?#]]*)?)", Pattern.CASE_INSENSITIVE);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    /**
     * Parses a URL.
     *
     * @throws InvalidArgumentsException if it is invalid; the message does not repeat it, since it may contain a password
     */
    static ServiceUrl parse(String side, String url) {
        if (CREDENTIALS.matcher(url).matches()) {
            throw new InvalidArgumentsException(
                    "--" + side + " contains a user name or a password: leave it out, command lines are visible to others");
        }
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new InvalidArgumentsException("--" + side + " must be a URL like http://host:5153, with an optional path");
        }
        var secure = parts.group(1).toLowerCase(Locale.ROOT).equals("https");
        return new ServiceUrl(side, secure, parts.group(2), port(side, parts.group(3), secure), parts.group(4).replaceFirst("/+$", ""));
    }

    private static int port(String side, @Nullable String given, boolean secure) {
        var port = given == null ? defaultPort(secure) : Integer.parseInt(given);
        if (port < 1 || port > MAX_PORT) {
            throw new InvalidArgumentsException("--" + side + " has an invalid port: it must be 1 to " + MAX_PORT);
        }
        return port;
    }

    private static int defaultPort(boolean secure) {
        return secure ? HTTPS_PORT : HTTP_PORT;
    }

    /** Host and port as in the {@code Host} header. */
    String authority() {
        return port == defaultPort(isSecure) ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return "--" + side + " " + (isSecure ? "https" : "http") + "://" + authority() + path;
    }
}
