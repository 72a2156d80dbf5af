package coworking.analytics.ops.eks;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A schedule of five fields, as far as the jobs use it: numbers, lists, ranges and steps, every day of every month. */
record Cron(Set<Integer> minutes, Set<Integer> hours, Set<Integer> weekdays) {

    static Cron of(String schedule) {
        var fields = schedule.split(" ", -1);
        if (fields.length != 5 || !fields[2].equals("*") || !fields[3].equals("*")) {
            throw new IllegalArgumentException("no schedule of ours: " + schedule);
        }
        return new Cron(numbers(fields[0], 59), numbers(fields[1], 23), numbers(fields[4], 6));
    }

    private static Set<Integer> numbers(String field, int most) {
        return Arrays.stream(field.split(",", -1)).flatMapToInt(part -> part(part, most)).boxed().collect(Collectors.toSet());
    }

    private static IntStream part(String part, int most) {
        var step = part.split("/", -1);
        var range = step[0].equals("*") ? new String[]{"0", String.valueOf(most)} : step[0].split("-", -1);
        var first = Integer.parseInt(range[0]);
        var last = Integer.parseInt(range[range.length - 1]);
        var by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
        return IntStream.rangeClosed(first, last).filter(number -> (number - first) % by == 0);
    }

    boolean isDue(int weekday, int hour, int minute) {
        return minutes.contains(minute) && hours.contains(hour) && weekdays.contains(weekday);
    }
}
