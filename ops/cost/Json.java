import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON into maps, lists, strings, doubles, booleans and null: as much as the AWS command line prints, and no more. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        var json = new Json(text);
        var value = json.value();
        json.space();
        if (json.at < text.length()) {
            throw json.wrong("the end");
        }
        return value;
    }

    private Object value() {
        space();
        if (at == text.length()) {
            throw wrong("a value");
        }
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        at++;
        if (comes('}')) {
            return object;
        }
        do {
            space();
            var name = string();
            demand(':');
            object.put(name, value());
        } while (comes(','));
        demand('}');
        return object;
    }

    private List<Object> array() {
        var array = new ArrayList<>();
        at++;
        if (comes(']')) {
            return array;
        }
        do {
            array.add(value());
        } while (comes(','));
        demand(']');
        return array;
    }

    private String string() {
        demand('"');
        var string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            string.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
            at++;
        }
        demand('"');
        return string.toString();
    }

    private char escaped() {
        if (at + 1 == text.length()) {
            throw wrong("an escaped character");
        }
        var letter = text.charAt(++at);
        if (letter == 'u' && at + 4 < text.length()) {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        }
        var escape = "bfnrt".indexOf(letter);
        return escape < 0 ? letter : "\b\f\n\r\t".charAt(escape);
    }

    private Object word() {
        var begin = at;
        while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0 && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        var word = text.substring(begin, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> number(word);
        };
    }

    private Double number(String word) {
        try {
            return Double.valueOf(word);
        } catch (NumberFormatException none) {
            throw wrong("a value");
        }
    }

    private boolean comes(char expected) {
        space();
        var here = at < text.length() && text.charAt(at) == expected;
        at += here ? 1 : 0;
        return here;
    }

    private void demand(char expected) {
        if (!comes(expected)) {
            throw wrong("'" + expected + "'");
        }
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("not JSON: expected " + expected + " at character " + at);
    }
}
