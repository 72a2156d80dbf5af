package coworking.analytics.ops.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What there is to be named: the project's files, and the Kubernetes objects, labels, containers and clusters in its YAML. */
final class Inventory {

    private final Path root;
    private final Set<String> objects = new TreeSet<>();
    private final Set<String> labels = new TreeSet<>();
    private final Set<String> containers = new TreeSet<>();
    private final Set<String> clusters = new TreeSet<>();
    private final Set<String> nodeGroups = new TreeSet<>();
    private final Set<String> files = new TreeSet<>();

    Inventory(Path root, List<String> elsewhere) throws IOException {
        this.root = root;
        for (var directory : List.of("ops/eks", "ops/postgres")) {
            if (Files.isDirectory(root.resolve(directory))) {
                try (var paths = Files.walk(root.resolve(directory))) {
                    for (var path : paths.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
                        index(path);
                    }
                }
            }
        }
        elsewhere.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
    }

    private void add(String line) {
        var words = line.split(" ", 2);
        switch (words[0]) {
            case "object" -> objects.add(words[1]);
            case "label" -> labels.add(words[1]);
            case "file" -> files.add(words[1]);
            case "container" -> containers.add(words[1]);
            case "cluster" -> clusters.add(words[1]);
            case "nodegroup" -> nodeGroups.add(words[1]);
            default -> throw new IllegalArgumentException(line);
        }
    }

    private void index(Path path) throws IOException {
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(path.toFile())) {
            while (documents.hasNext()) {
                var document = documents.next();
                var name = document.path("metadata").path("name").asText();
                if (document.path("kind").asText().equals("ClusterConfig")) {
                    clusters.add(name);
                    document.path("managedNodeGroups").forEach(group -> nodeGroups.add(group.path("name").asText()));
                } else if (document.has("kind")) {
                    objects.add(document.path("kind").asText() + "/" + name);
                }
                collect(document);
            }
        }
    }

    private void collect(JsonNode node) {
        node.properties().forEach(field -> {
            if (Set.of("labels", "matchLabels").contains(field.getKey())) {
                field.getValue().properties().forEach(label -> labels.add(label.getKey() + "=" + label.getValue().asText()));
            } else if (Set.of("containers", "initContainers").contains(field.getKey())) {
                field.getValue().forEach(container -> containers.add(container.path("name").asText()));
            }
        });
        node.forEach(this::collect);
    }

    boolean hasFile(String path) {
        return files.contains(path) || Files.exists(root.resolve(path));
    }

    boolean hasProgram(String path) {
        return files.contains(path) || Files.isExecutable(root.resolve(path));
    }

    boolean hasKustomization(String path) {
        return files.contains(path + "/") || List.of("kustomization.yaml", "kustomization.yml", "Kustomization").stream()
                .anyMatch(name -> Files.exists(root.resolve(path).resolve(name)));
    }

    boolean hasObject(String kind, String name) {
        return objects.contains(kind + "/" + name);
    }

    boolean hasLabel(String label) {
        return labels.contains(label);
    }

    boolean hasContainer(String name) {
        return containers.contains(name);
    }

    boolean hasCluster(String name) {
        return clusters.contains(name);
    }

    boolean hasNodeGroup(String name) {
        return nodeGroups.contains(name);
    }
}
