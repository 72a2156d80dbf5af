import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** As much of CloudWatch's metric math as the dashboard uses: numbers, ids, PERIOD(id), + - * / and parentheses. */
final class Expression {

    private final String text;
    private final Map<String, NavigableMap<Long, Double>> series;
    private final int period;
    private int at;

    private Expression(String text, Map<String, NavigableMap<Long, Double>> series, int period) {
        this.text = text.replace(" ", "");
        this.series = series;
        this.period = period;
    }

    /** Its value in each period; none where what it is made of has none or where it divides by zero. */
    static NavigableMap<Long, Double> evaluate(String text, Map<String, NavigableMap<Long, Double>> series, int period) {
        var expression = new Expression(text, series, period);
        var value = expression.sum();
        if (expression.at < expression.text.length() || !(value instanceof Value.Series of)) {
            throw new IllegalArgumentException("not understood: " + text);
        }
        return of.values();
    }

    private sealed interface Value {

        record Number(double value) implements Value { }

        record Series(NavigableMap<Long, Double> values) implements Value { }
    }

    private Value sum() {
        var value = product();
        while (comes('+') || comes('-')) {
            var minus = text.charAt(at++) == '-';
            value = combine(value, product(), minus ? (a, b) -> a - b : Double::sum);
        }
        return value;
    }

    private Value product() {
        var value = atom();
        while (comes('*') || comes('/')) {
            var by = text.charAt(at++) == '/';
            value = combine(value, atom(), by ? (a, b) -> a / b : (a, b) -> a * b);
        }
        return value;
    }

    private boolean comes(char sign) {
        return at < text.length() && text.charAt(at) == sign;
    }

    private Value atom() {
        if (comes('(')) {
            at++;
            var value = sum();
            demandClosing();
            return value;
        }
        var word = word();
        if (word.equals("PERIOD") && comes('(')) {
            at++;
            named(word());
            demandClosing();
            return new Value.Number(period);
        }
        return word.matches("[0-9.]+") ? new Value.Number(Double.parseDouble(word)) : new Value.Series(named(word));
    }

    private void demandClosing() {
        if (!comes(')')) {
            throw new IllegalArgumentException("a parenthesis is not closed: " + text);
        }
        at++;
    }

    private String word() {
        var begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(begin, at);
    }

    private NavigableMap<Long, Double> named(String id) {
        if (!series.containsKey(id)) {
            throw new IllegalArgumentException("no metric '" + id + "' in: " + text);
        }
        return series.get(id);
    }

    private static Value combine(Value left, Value right, DoubleBinaryOperator how) {
        if (left instanceof Value.Number(double a) && right instanceof Value.Number(double b)) {
            return new Value.Number(how.applyAsDouble(a, b));
        }
        var of = left instanceof Value.Series one ? one : (Value.Series) right;
        var values = new TreeMap<Long, Double>();
        for (var time : of.values().keySet()) {
            var value = how.applyAsDouble(at(left, time), at(right, time));
            if (Double.isFinite(value)) {
                values.put(time, value);
            }
        }
        return new Value.Series(values);
    }

    private static double at(Value value, long time) {
        return switch (value) {
            case Value.Number number -> number.value();
            case Value.Series of -> of.values().getOrDefault(time, Double.NaN);
        };
    }
}
