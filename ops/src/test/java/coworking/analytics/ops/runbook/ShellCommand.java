package coworking.analytics.ops.runbook;

import java.util.ArrayList;
import java.util.List;

/**
 * One command of a line of shell, its quotes taken off. What the shell would put in stays as it is written, dollar sign and all;
 * commands in {@code $(...)} stand in the list as commands of their own.
 *
 * @param words the command and its arguments, without assignments before it and without redirections
 */
record ShellCommand(List<String> words) {

    ShellCommand {
        words = List.copyOf(words);
    }

    /** Takes a line apart. */
    static List<ShellCommand> of(String line) {
        var reader = new Lexer(line);
        reader.list();
        return reader.commands;
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }

    /** A line is not what a shell would take. */
    static final class MalformedShellException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MalformedShellException(String message) {
            super(message);
        }
    }

    private static final class Lexer {

        private static final String END_OF_WORD = " |&;<>()";

        private final String text;
        private final List<ShellCommand> commands = new ArrayList<>();
        private int at;

        private Lexer(String text) {
            this.text = text;
        }

        private void list() {
            var words = new ArrayList<String>();
            while (at < text.length() && text.charAt(at) != ')') {
                switch (text.charAt(at)) {
                    case ' ' -> at++;
                    case '|', '&', ';' -> {
                        at++;
                        add(words);
                    }
                    case '<', '>' -> redirect();
                    default -> words.add(word());
                }
            }
            add(words);
        }

        private void add(List<String> words) {
            while (!words.isEmpty() && words.getFirst().matches("[A-Za-z_]+=(?s).*")) {
                words.removeFirst();
            }
            if (!words.isEmpty()) {
                commands.add(new ShellCommand(words));
            }
            words.clear();
        }

        private void redirect() {
            while (at < text.length() && "<> &".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            word();
        }

        private String word() {
            var word = new StringBuilder();
            while (at < text.length() && END_OF_WORD.indexOf(text.charAt(at)) < 0) {
                switch (text.charAt(at)) {
                    case '\'' -> word.append(until('\''));
                    case '"' -> doubleQuoted(word);
                    case '\\' -> escaped(word);
                    case '$' -> dollar(word);
                    default -> word.append(text.charAt(at++));
                }
            }
            if (word.isEmpty() && at < text.length() && text.charAt(at) == '(') {
                throw new MalformedShellException("a bare parenthesis");
            }
            return word.toString();
        }

        private String until(char quote) {
            var end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw new MalformedShellException("a quote is not closed");
            }
            var quoted = text.substring(at + 1, end);
            at = end + 1;
            return quoted;
        }

        private void doubleQuoted(StringBuilder word) {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                switch (text.charAt(at)) {
                    case '\\' -> escaped(word);
                    case '$' -> dollar(word);
                    default -> word.append(text.charAt(at++));
                }
            }
            if (at == text.length()) {
                throw new MalformedShellException("a quote is not closed");
            }
            at++;
        }

        private void escaped(StringBuilder word) {
            if (at + 1 == text.length()) {
                throw new MalformedShellException("a line goes on: write it as one");
            }
            word.append(text.charAt(at + 1));
            at += 2;
        }

        private void dollar(StringBuilder word) {
            word.append('$');
            at++;
            if (at < text.length() && text.charAt(at) == '(') {
                at++;
                list();
                if (at == text.length()) {
                    throw new MalformedShellException("a parenthesis is not closed");
                }
                at++;
            }
        }
    }
}
