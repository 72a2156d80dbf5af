package coworking.analytics.rest.http;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/** Formats dates and times as {@code str} does in Python. Years that Python does not support have the expanded form of ISO 8601. */
public final class PythonTimeFormat {

    private static final String NONE = "None";

    private PythonTimeFormat() {}

    public static String format(LocalDate day) {
        return day.toString();
    }

    public static String format(Optional<LocalDateTime> time) {
        return time.map(PythonTimeFormat::format).orElse(NONE);
    }

    /** A formatter would take longer than the rest of a long report. */
    public static String format(LocalDateTime time) {
        var text = new StringBuilder(32).append(format(time.toLocalDate())).append(' ');
        appendTwoDigits(text, time.getHour());
        appendTwoDigits(text.append(':'), time.getMinute());
        appendTwoDigits(text.append(':'), time.getSecond());
        appendMicros(text, time.getNano() / 1_000);
        return text.toString();
    }

    private static void appendMicros(StringBuilder text, int micros) {
        if (micros != 0) {
            appendTwoDigits(text.append('.'), micros / 10_000);
            appendTwoDigits(text, micros / 100 % 100);
            appendTwoDigits(text, micros % 100);
        }
    }

    private static void appendTwoDigits(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
