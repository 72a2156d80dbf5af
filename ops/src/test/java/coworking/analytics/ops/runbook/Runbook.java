package coworking.analytics.ops.runbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The text of a runbook: what is typed, and what is pointed at. */
final class Runbook {

    private static final String FENCE = "```";
    private static final String TYPED = "$ ";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile("(?:kubectl|helm|aws|eksctl|docker|psql|java|ops/\\S+) .+");
    private static final Pattern PATH = Pattern.compile("(?:ops|docs|bootstrap)/\\S+");
    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

    private final List<String> typed = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> anchors = new ArrayList<>();
    private final StringBuilder prose = new StringBuilder();

    Runbook(List<String> lines) {
        var fenced = false;
        for (var line : lines) {
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
                if (fenced && !line.equals(FENCE + "console")) {
                    problems.add("a block that is no console: " + line);
                }
            } else if (fenced) {
                type(line);
            } else {
                read(line);
            }
        }
    }

    private void type(String line) {
        if (line.startsWith(TYPED)) {
            typed.add(line.substring(TYPED.length()));
        }
    }

    private void read(String line) {
        prose.append(line).append('\n');
        if (line.startsWith("#")) {
            anchors.add("#" + line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-'));
        }
    }

    /** The lines after a dollar sign. */
    List<String> typed() {
        return List.copyOf(typed);
    }

    /** Commands with arguments in the middle of a sentence. */
    List<String> mentioned() {
        return found(CODE).stream().filter(COMMAND.asMatchPredicate()).toList();
    }

    /** Files named in sentences, from the project's root. */
    List<String> files() {
        return found(CODE).stream().filter(PATH.asMatchPredicate()).toList();
    }

    /** Where its links go, relative to it. */
    List<String> links() {
        return found(LINK);
    }

    List<String> anchors() {
        return List.copyOf(anchors);
    }

    /** What is wrong with its form. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private List<String> found(Pattern pattern) {
        return pattern.matcher(prose).results().map((MatchResult match) -> match.group(1)).toList();
    }
}
