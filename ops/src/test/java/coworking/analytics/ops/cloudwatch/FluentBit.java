package coworking.analytics.ops.cloudwatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration of Fluent Bit in its classic form. */
record FluentBit(List<Section> sections) {

    /**
     * @param kind INPUT, FILTER, OUTPUT, PARSER or SERVICE
     * @param entries keys in small letters; the values of one that is repeated, as lines
     */
    record Section(String kind, Map<String, String> entries) {

        String value(String key) {
            return entries.getOrDefault(key, "");
        }

        boolean is(String wanted, String name) {
            return kind.equals(wanted) && value("name").equals(name);
        }
    }

    static FluentBit parse(String text) {
        var sections = new ArrayList<Section>();
        for (var line : text.lines().map(String::strip).filter(one -> !one.isEmpty() && !one.startsWith("#")).toList()) {
            if (line.matches("\\[[A-Z]+]")) {
                sections.add(new Section(line.substring(1, line.length() - 1), new LinkedHashMap<>()));
            } else if (!line.startsWith("@INCLUDE ")) {
                var words = line.split("\\s+", 2);
                if (sections.isEmpty() || words.length < 2) {
                    throw new IllegalArgumentException("neither a section nor a key with a value: " + line);
                }
                sections.getLast().entries().merge(words[0].toLowerCase(java.util.Locale.ROOT), words[1],
                        (first, next) -> first + "\n" + next);
            }
        }
        return new FluentBit(List.copyOf(sections));
    }

    List<Section> all(String kind) {
        return sections.stream().filter(section -> section.kind().equals(kind)).toList();
    }

    /** What passes records with a tag on, in its order. */
    List<Section> matching(String kind, String tag) {
        return all(kind).stream().filter(section -> tag.matches(section.value("match").replace(".", "\\.").replace("*", ".*"))).toList();
    }
}
