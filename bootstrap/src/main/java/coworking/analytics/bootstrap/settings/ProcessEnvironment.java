package coworking.analytics.bootstrap.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment variables of this process, decoded as UTF-8. Java decodes them in the locale's character set; in a container without a
 * locale that loses all characters outside ASCII, which passwords and names of roles and databases may contain.
 */
public final class ProcessEnvironment {

    private static final Path PROC_ENVIRON = Path.of("/proc/self/environ");

    private ProcessEnvironment() {}

    public static Map<String, String> read() {
        return "UTF-8".equals(System.getProperty("sun.jnu.encoding")) ? System.getenv() : readProcEnviron();
    }

    private static Map<String, String> readProcEnviron() {
        try {
            return parse(Files.readAllBytes(PROC_ENVIRON));
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
