package coworking.analytics.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables of this process, in UTF-8 whatever the locale. Java decodes them in the locale's character set, and in a container
 * without a locale every character outside ASCII is lost: passwords, names of roles and databases.
 */
final class Variables {

    private static final Path RAW = Path.of("/proc/self/environ");

    private Variables() {}

    static Map<String, String> read() {
        return "UTF-8".equals(System.getProperty("sun.jnu.encoding")) ? System.getenv() : raw();
    }

    private static Map<String, String> raw() {
        try {
            return parse(Files.readAllBytes(RAW));
        } catch (IOException notLinux) {
            return System.getenv();
        }
    }

    static Map<String, String> parse(byte[] environ) {
        var variables = new HashMap<String, String>();
        for (var variable : new String(environ, UTF_8).split("\0", -1)) {
            var end = variable.indexOf('=');
            if (end > 0) {
                variables.put(variable.substring(0, end), variable.substring(end + 1));
            }
        }
        return variables;
    }
}
