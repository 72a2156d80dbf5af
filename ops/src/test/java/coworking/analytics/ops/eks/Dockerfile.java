package coworking.analytics.ops.eks;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Dockerfile, read as far as its rules need it.
 *
 * @param instructions in their order, continued lines joined, without comments
 */
record Dockerfile(List<Instruction> instructions) {

    private static final Pattern INSTRUCTION = Pattern.compile("([A-Z]+)\\s+(.*)", Pattern.DOTALL);
    private static final Pattern ITEM = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * @param name FROM, RUN and so on
     * @param arguments what follows
     */
    record Instruction(String name, String arguments) {}

    static Dockerfile parse(String text) {
        var joined = text.replaceAll("(?m)^\\s*#.*\\n", "").replaceAll("\\\\\\n\\s*", " ");
        var instructions = new ArrayList<Instruction>();
        for (var line : joined.split("\\n", -1)) {
            var match = INSTRUCTION.matcher(line.strip());
            if (match.matches()) {
                instructions.add(new Instruction(match.group(1), match.group(2)));
            }
        }
        return new Dockerfile(instructions);
    }

    List<String> all(String name) {
        return instructions.stream().filter(instruction -> instruction.name().equals(name)).map(Instruction::arguments).toList();
    }

    /** What comes after the last FROM makes the image. */
    Dockerfile last() {
        var from = instructions.stream().map(Instruction::name).toList().lastIndexOf("FROM");
        return new Dockerfile(instructions.subList(from, instructions.size()));
    }

    Map<String, String> arguments() {
        return all("ARG").stream().map(argument -> argument.split("=", 2)).filter(argument -> argument.length == 2)
                .collect(toMap(argument -> argument[0], argument -> argument[1]));
    }

    /** The items of an instruction in its exec form; none where it is a shell's line. */
    List<String> list(String name) {
        return all(name).stream().filter(value -> value.startsWith("["))
                .flatMap(value -> ITEM.matcher(value).results().map(item -> item.group(1))).toList();
    }
}
