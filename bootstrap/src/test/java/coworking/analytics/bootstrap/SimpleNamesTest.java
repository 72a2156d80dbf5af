package coworking.analytics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One simple name stands for one type in the whole repository, tests and nested types included; the generated client aside. */
class SimpleNamesTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SOURCE = Pattern.compile(".*/src/[^/]+/java/.*\\.java");
    private static final Pattern GENERATED = Pattern.compile(".*/(target|\\.out)/.*");

    @Test
    void oneSimpleNameStandsForOneType() throws IOException {
        var files = sources(REPOSITORY);

        assertThat(files).hasSizeGreaterThan(200);
        assertThat(repeatedNames(files)).isEmpty();
    }

    @Test
    void aNestedTypeWithTheNameOfAnotherIsFound(@TempDir Path directory) throws IOException {
        var one = Files.writeString(directory.resolve("One.java"), "package a; class One { record Same() {} }");
        var other = Files.writeString(directory.resolve("Other.java"), "package b; interface Other { enum Same {} }");

        assertThat(repeatedNames(List.of(one, other))).containsOnlyKeys("Same");
    }

    private static List<Path> sources(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> SOURCE.matcher(file.toString()).matches())
                    .filter(file -> !GENERATED.matcher(REPOSITORY.relativize(file).toString()).matches()).toList();
        }
    }

    private static Map<String, List<String>> repeatedNames(List<Path> files) {
        var places = new TreeMap<String, List<String>>();
        for (var unit : parse(files)) {
            unit.accept(new TypeNameScanner(places, unit.getSourceFile().getName()), null);
        }
        return places.entrySet().stream().filter(place -> place.getValue().size() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }

    private static List<CompilationUnitTree> parse(List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(files));
            return Stream.of(task.parse()).flatMap(units -> {
                var all = new ArrayList<CompilationUnitTree>();
                units.forEach(all::add);
                return all.stream();
            }).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class TypeNameScanner extends TreeScanner<Void, Void> {

        private final Map<String, List<String>> places;
        private final String file;

        TypeNameScanner(Map<String, List<String>> places, String file) {
            this.places = places;
            this.file = file;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            var name = type.getSimpleName().toString();
            if (!name.isEmpty()) {
                places.computeIfAbsent(name, unknown -> new ArrayList<>()).add(file);
            }
            return super.visitClass(type, null);
        }
    }
}
