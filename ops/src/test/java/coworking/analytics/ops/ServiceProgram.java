package coworking.analytics.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import coworking.analytics.bootstrap.Main;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The service's commands and settings, by its own help; and its commands, run in this process or in one of their own. */
public final class ServiceProgram {

    private static final Class<?> MAIN = main();

    public static final String HELP = run(Map.of(), "help").output();

    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) {2,}\\S");
    private static final Pattern VARIABLE = Pattern.compile("\\b(?:DB|APP|OTEL)_[A-Z_]+\\b");

    private ServiceProgram() {}

    public static Set<String> commands() {
        return found(COMMAND, 1);
    }

    public static Set<String> variables() {
        return found(VARIABLE, 0);
    }

    private static Set<String> found(Pattern pattern, int group) {
        return pattern.matcher(HELP).results().map(result -> result.group(group)).collect(Collectors.toSet());
    }

    /** The default of a setting that is a number. */
    public static int defaultOf(String variable) {
        var line = Pattern.compile("(?m)^ +" + variable + " +(\\d+) ").matcher(HELP);
        if (!line.find()) {
            throw new IllegalArgumentException("the help has no number for " + variable);
        }
        return Integer.parseInt(line.group(1));
    }

    /** Runs a command in this process, with these variables and no others. */
    public static ProcessResult run(Map<String, String> environment, String... arguments) {
        var bytes = new ByteArrayOutputStream();
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        // Liquibase finds its parts, and the JDK its drivers, through the thread's class loader.
        thread.setContextClassLoader(MAIN.getClassLoader());
        try (var out = new PrintStream(bytes, true, UTF_8)) {
            var status = MAIN.getMethod("run", Map.class, PrintStream.class, PrintStream.class, String[].class)
                    .invoke(null, environment, out, out, arguments);
            return new ProcessResult((int) status, bytes.toString(UTF_8));
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** Starts a process, with these variables and no others. */
    public static Process start(Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-classpath", String.join(File.pathSeparator, classPath()), Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Class<?> main() {
        var urls = classPath().stream().map(ServiceProgram::url).toArray(URL[]::new);
        try {
            return Class.forName(Main.class.getName(), true, new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    /** A packaged service names its libraries itself, and Liquibase refuses a changelog that it finds twice. */
    private static List<String> classPath() {
        var all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        var packaged = all.stream().filter(entry -> entry.endsWith("coworking-analytics.jar")).toList();
        return packaged.isEmpty() ? all : packaged;
    }
}
