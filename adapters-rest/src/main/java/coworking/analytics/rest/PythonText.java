package coworking.analytics.rest;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/** Dates and times as Python's {@code str} prints them; years that Python does not know, in the expanded form of ISO 8601. */
final class PythonText {

    private static final String NONE = "None";

    private PythonText() {}

    static String of(LocalDate day) {
        return day.toString();
    }

    static String of(Optional<LocalDateTime> time) {
        return time.map(PythonText::of).orElse(NONE);
    }

    /** Without a formatter, which would take longer than the rest of a long report. */
    static String of(LocalDateTime time) {
        var text = new StringBuilder(32).append(of(time.toLocalDate())).append(' ');
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
