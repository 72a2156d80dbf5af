package coworking.analytics.bootstrap.replay;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one of the two services is.
 *
 * @param side what it is called in all messages: {@code from} or {@code to}
 * @param secure whether it is spoken to over TLS
 * @param host a name or an address; IPv6 in brackets
 * @param path what stands before the path of each request; empty, or begins with a slash and does not end with one
 */
record Site(String side, boolean secure, String host, int port, String path) {

    private static final Pattern CREDENTIALS = Pattern.compile("[^/?#]*/*[^/?#]*@.*", Pattern.DOTALL);
    private static final Pattern URL = Pattern.compile(
            "(https?)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?((?:/[!-~&&[^?#]]*)?)", Pattern.CASE_INSENSITIVE);
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int GREATEST_PORT = 65_535;

    /**
     * Reads an URL.
     *
     * @throws WrongUse where it is none that can be asked; the message does not repeat it, since it may hold a password
     */
    static Site of(String side, String url) {
        if (CREDENTIALS.matcher(url).matches()) {
            throw new WrongUse("--" + side + " holds a name or a password: leave it out, a command line is no place for it");
        }
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new WrongUse("--" + side + " must be an URL like http://host:5153, with a path at most");
        }
        var secure = parts.group(1).toLowerCase(Locale.ROOT).equals("https");
        return new Site(side, secure, parts.group(2), port(side, parts.group(3), secure), parts.group(4).replaceFirst("/+$", ""));
    }

    private static int port(String side, @Nullable String given, boolean secure) {
        var port = given == null ? usualPort(secure) : Integer.parseInt(given);
        if (port < 1 || port > GREATEST_PORT) {
            throw new WrongUse("--" + side + " has a port that is none from 1 to " + GREATEST_PORT);
        }
        return port;
    }

    private static int usualPort(boolean secure) {
        return secure ? HTTPS : HTTP;
    }

    /** Host and port as a request names them. */
    String authority() {
        return port == usualPort(secure) ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return "--" + side + " " + (secure ? "https" : "http") + "://" + authority() + path;
    }
}
