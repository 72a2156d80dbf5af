package coworking.analytics.ops.runbook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which commands there are and which flags they take; {@code flags.txt} holds them. */
final class Tools {

    private static final int LONGEST_VERB = 4;

    /** How a flag comes by its value. */
    enum FlagValue {
        NONE, NEXT_WORD, AFTER_EQUALS
    }

    /**
     * A command that exists.
     *
     * @param name the tool and its verb
     * @param flags what it takes
     */
    record Verb(String name, Map<String, FlagValue> flags) {

        Verb {
            flags = Map.copyOf(flags);
        }

        /** The same with more flags. */
        Verb with(Map<String, FlagValue> more) {
            var all = new LinkedHashMap<>(flags);
            all.putAll(more);
            return new Verb(name, all);
        }

        String tool() {
            return name.split(" ", 2)[0];
        }
    }

    private final Map<String, Map<String, FlagValue>> flags = new TreeMap<>();

    Tools(List<String> lines) {
        Map<String, FlagValue> current = new LinkedHashMap<>();
        for (var line : lines) {
            var text = line.strip();
            if (!line.isBlank() && !line.startsWith("#")) {
                if (!line.startsWith(" ")) {
                    current = new LinkedHashMap<>();
                    flags.put(line.substring(0, line.indexOf(" :")), current);
                    text = line.substring(line.indexOf(" :") + 2).strip();
                }
                for (var flag : text.split(" ", -1)) {
                    current.put(flag.replaceFirst("[=?]$", ""), value(flag));
                }
            }
        }
    }

    private static FlagValue value(String flag) {
        return flag.endsWith("=") ? FlagValue.NEXT_WORD : flag.endsWith("?") ? FlagValue.AFTER_EQUALS : FlagValue.NONE;
    }

    /** The command that the words begin with, or nothing where there is none. */
    List<Verb> find(List<String> words) {
        for (int length = Math.min(LONGEST_VERB, words.size()); length > 0; length--) {
            var name = String.join(" ", words.subList(0, length));
            if (flags.containsKey(name) && !(length == 1 && hasVerbs(name))) {
                var all = new LinkedHashMap<>(flags.getOrDefault(words.getFirst(), Map.of()));
                all.putAll(flags.getOrDefault(name, Map.of()));
                return List.of(new Verb(name, all));
            }
        }
        return List.of();
    }

    private boolean hasVerbs(String tool) {
        return !tool.equals("java") && flags.keySet().stream().anyMatch(name -> name.startsWith(tool + " "));
    }

    Set<String> names() {
        return new TreeSet<>(flags.keySet());
    }
}
