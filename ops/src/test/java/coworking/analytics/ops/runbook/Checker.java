package coworking.analytics.ops.runbook;

import com.fasterxml.jackson.databind.json.JsonMapper;
import coworking.analytics.ops.runbook.Tools.FlagValue;
import coworking.analytics.ops.runbook.Tools.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares commands with the tools that there are and with what they are about. */
final class Checker {

    /** Where a command of the service stands, behind {@code java -jar JAR}. */
    private static final int SERVICE_COMMAND = 3;

    private static final Set<String> POD_COMMANDS = Set.of("kubectl logs", "kubectl exec", "kubectl top pods");

    private final Tools tools;
    private final Map<String, String> kinds;
    private final Inventory inventory;
    private final Map<String, Map<String, FlagValue>> serviceCommands;

    /**
     * Makes a checker.
     *
     * @param kinds what Kubernetes calls the kinds that commands name
     * @param serviceCommands the flags of each command of the service
     */
    Checker(Tools tools, Map<String, String> kinds, Inventory inventory, Map<String, Map<String, FlagValue>> serviceCommands) {
        this.tools = tools;
        this.kinds = kinds;
        this.inventory = inventory;
        this.serviceCommands = serviceCommands;
    }

    /** What is wrong with a line of shell; nothing where all is well. */
    List<String> problems(String line) {
        try {
            return ShellCommand.of(line).stream().flatMap(command -> new CommandCheck(command).problems.stream()).distinct().toList();
        } catch (ShellCommand.MalformedShellException malformed) {
            return List.of(malformed.getMessage());
        }
    }

    private final class CommandCheck {

        private final List<String> problems = new ArrayList<>();
        private final Map<String, List<String>> given = new LinkedHashMap<>();
        private final List<String> others = new ArrayList<>();

        private CommandCheck(ShellCommand command) {
            var verbs = tools.find(command.words());
            if (verbs.isEmpty()) {
                problems.add("no such command: " + command);
            } else {
                var verb = withServiceFlags(verbs.getFirst(), command.words());
                sort(verb, command.words().subList(verb.name().split(" ", -1).length, command.words().size()));
                look(verb);
            }
        }

        // ---- flags

        /** Behind the service's jar and a command stand the flags of that. */
        private Verb withServiceFlags(Verb java, List<String> words) {
            return words.size() > SERVICE_COMMAND && words.subList(0, 2).equals(List.of("java", "-jar"))
                    ? java.with(serviceCommands.getOrDefault(words.get(SERVICE_COMMAND), Map.of()))
                    : java;
        }

        private void sort(Verb verb, List<String> words) {
            var left = new ArrayList<>(words);
            while (!left.isEmpty()) {
                var word = left.removeFirst();
                if (word.startsWith("-") && word.length() > 1) {
                    flag(verb, word, left);
                } else {
                    others.add(word);
                }
            }
        }

        private void flag(Verb verb, String word, List<String> left) {
            var cut = word.indexOf('=');
            var name = cut < 0 ? word : word.substring(0, cut);
            var values = given.computeIfAbsent(name, first -> new ArrayList<>());
            var value = verb.flags().get(name);
            if (value == null) {
                problems.add(verb.name() + " has no flag " + name);
            } else if (cut >= 0) {
                values.add(word.substring(cut + 1));
                check(value != FlagValue.NONE || Set.of("true", "false").contains(values.getLast()), name + " takes no value");
            } else if (value == FlagValue.NEXT_WORD) {
                take(verb, name, left, values);
            }
        }

        /** Lists of the AWS command line go on until the next flag. */
        private void take(Verb verb, String name, List<String> left, List<String> values) {
            if (left.isEmpty() || left.getFirst().startsWith("--")) {
                problems.add(name + " lacks its value");
                return;
            }
            values.add(left.removeFirst());
            while (verb.tool().equals("aws") && !verb.name().startsWith("aws s3 ") && !left.isEmpty()
                    && !left.getFirst().startsWith("--")) {
                values.add(left.removeFirst());
            }
        }

        private List<String> values(String... names) {
            return List.of(names).stream().flatMap(name -> given.getOrDefault(name, List.of()).stream()).toList();
        }

        private void check(boolean holds, String problem) {
            if (!holds) {
                problems.add(problem);
            }
        }

        // ---- what it is about

        private void look(Verb verb) {
            switch (verb.tool()) {
                case "kubectl" -> kubectl(verb);
                case "helm" -> files(values("-f", "--values"));
                case "eksctl" -> eksctl();
                case "aws" -> aws();
                case "docker" -> files(values("--file", "-f"));
                case "psql" -> files(values("-f", "--file"));
                case "java" -> java(verb);
                default -> program(verb);
            }
        }

        private void program(Verb verb) {
            if (verb.name().startsWith("ops/")) {
                check(inventory.hasProgram(verb.name()), "no program " + verb.name());
                files(verb.name().equals("ops/cloudwatch/deploy") ? parameters() : others);
            }
        }

        /** Its first word is an environment, each other one a parameter. */
        private List<String> parameters() {
            check(others.stream().skip(1).allMatch(word -> word.matches("[A-Z]\\w+=.*")), "no parameters: " + others);
            return others.stream().limit(1).map(environment -> "ops/cloudwatch/" + environment + ".txt").toList();
        }

        private void files(List<String> paths) {
            paths.stream().filter(path -> !path.contains("://") && !path.startsWith("/dev/"))
                    .forEach(path -> check(inventory.hasFile(path), "no file " + path));
        }

        private void eksctl() {
            files(values("-f", "--config-file"));
            values("--cluster").forEach(name -> check(inventory.hasCluster(name), "no cluster " + name));
            if (given.containsKey("--cluster")) {
                values("--name", "-n").forEach(name -> check(inventory.hasNodeGroup(name), "no node group " + name));
            }
        }

        private void aws() {
            given.values().forEach(values -> values.forEach(value -> {
                if (value.startsWith("file://")) {
                    files(List.of(value.substring("file://".length())));
                } else if (value.startsWith("{") || value.startsWith("[{\"") || value.startsWith("[[")) {
                    json(value);
                }
            }));
            values("--cluster-name").forEach(name -> check(inventory.hasCluster(name), "no cluster " + name));
            var groups = new ArrayList<>(values("--log-group-name", "--log-group-name-prefix"));
            others.stream().filter(word -> word.startsWith("/aws/")).forEach(groups::add);
            groups.forEach(
                    group -> check(group.split("/", -1).length > 3 && inventory.hasCluster(group.split("/", -1)[3]),
                            "no log group " + group));
        }

        private void java(Verb verb) {
            files(values("-jar"));
            if (given.containsKey("-jar")) {
                service(others);
            } else {
                files(others);
                if (verb.name().contains("/")) {
                    files(List.of(verb.name().split(" ", -1)[1]));
                }
            }
        }

        /** Commands that take flags may take a file as well. */
        private void service(List<String> words) {
            words.stream().limit(1).forEach(command -> {
                check(serviceCommands.containsKey(command), "the service has no command " + command);
                var files = words.stream().skip(1).filter(word -> !word.equals("-")).toList();
                if (serviceCommands.getOrDefault(command, Map.of()).isEmpty()) {
                    check(files.isEmpty(), command + " takes nothing");
                } else {
                    files(files);
                }
            });
        }

        private void kubectl(Verb verb) {
            files(values("-f", "--filename", "--patch-file"));
            values("-k", "--kustomize").forEach(path -> check(inventory.hasKustomization(path), "no kustomization in " + path));
            values("-l", "--selector").forEach(labels -> {
                for (var label : labels.split(",", -1)) {
                    check(inventory.hasLabel(label), "nothing has the label " + label);
                }
            });
            values("-c", "--container").forEach(name -> check(inventory.hasContainer(name), "no container " + name));
            values("-p", "--patch").stream().filter(patch -> !patch.contains("$")).forEach(this::json);
            objects(verb);
        }

        private void json(String text) {
            try {
                new JsonMapper().readTree(text);
            } catch (IOException wrong) {
                problems.add("not JSON: " + text);
            }
        }

        private void objects(Verb verb) {
            var words = new ArrayList<>(others);
            switch (verb.name()) {
                case "kubectl config set-context", "kubectl apply", "kubectl diff" -> words.clear();
                case "kubectl auth can-i" -> words.removeFirst();
                case "kubectl annotate" -> words.removeIf(word -> word.contains("="));
                case "kubectl port-forward" -> words.removeIf(word -> word.matches("\\d*:?\\d+"));
                default -> {}
            }
            if (POD_COMMANDS.contains(verb.name()) && words.stream().noneMatch(word -> word.contains("/"))) {
                words.forEach(name -> object("pod", name));
            } else if (words.stream().anyMatch(word -> word.contains("/"))) {
                words.forEach(this::slashed);
            } else if (!words.isEmpty()) {
                for (var kind : words.removeFirst().split(",", -1)) {
                    kind(kind);
                    words.forEach(name -> object(kind, name));
                }
            }
        }

        private void slashed(String word) {
            var parts = word.split("/", 2);
            if (parts.length == 2) {
                object(parts[0], parts[1]);
            } else {
                problems.add("neither a kind nor a name: " + word);
            }
        }

        private void object(String kind, String name) {
            if (kinds.containsKey(kind)) {
                check(inventory.hasObject(kinds.getOrDefault(kind, kind), name), "no " + kind + " " + name);
            } else {
                kind(kind);
            }
        }

        private void kind(String kind) {
            check(kinds.containsKey(kind), "no kind " + kind);
        }
    }
}
