package coworking.analytics.rest;

import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.Paging;
import coworking.analytics.domain.Comparison;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.RequestedDays;
import coworking.analytics.domain.RequestedDays.Rolling;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parameters that several resources take. */
final class Parameters {

    static final Parameter<Comparison> COMPARE = Parameter.choice("compare", Comparison.NONE,
            Words.of(Comparison.PREVIOUS, Comparison.YEAR, Comparison.NONE));
    static final Parameter<Interval> INTERVAL = Parameter.choice("interval", Interval.DAY, Words.of(Interval.values()));

    private static final int LONGEST_SPAN_YEARS = 10;
    private static final String DATES = "a date from 0001-01-01 to 9999-12-31, as in 2026-03-01";
    private static final Pattern DATE = Pattern.compile("(?!0000)\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Pattern POSITION = Pattern.compile("[A-Za-z0-9._-]{1,1024}");

    static final Parameter<Optional<LocalDate>> FROM = Parameter.optional("from", DATES, Parameters::date, LocalDate::toString);
    static final Parameter<Optional<LocalDate>> TO = Parameter.optional("to", DATES, Parameters::date, LocalDate::toString);
    private static final Parameter<Rolling> RANGE = Parameter.choice("range", Rolling.ALL, ranges());
    private static final Parameter<DayStart> DAY_START = new Parameter<>("day_start", "a time from 00:00 to 23:59, as in 04:00",
            DayStart.MIDNIGHT, Parameters::dayStart, start -> start.at().toString());

    private static final Parameter<Long> LIMIT = Parameter.limit("limit", 100, 1_000);
    static final Parameter<Optional<String>> CURSOR = Parameter.optional("cursor", "as in the link to the next page",
            text -> Optional.of(text).filter(POSITION.asMatchPredicate()), text -> text);
    private static final Parameter<Set<Extra>> INCLUDE = new Parameter<>("include", "total, name or both, with a comma between",
            EnumSet.noneOf(Extra.class), Parameters::extras, extras -> extras.stream().map(Words::word).toList());

    private Parameters() {}

    private static Map<String, Rolling> ranges() {
        var ranges = new LinkedHashMap<String, Rolling>();
        ranges.put("7d", Rolling.LAST_7_DAYS);
        ranges.put("28d", Rolling.LAST_28_DAYS);
        ranges.put("30d", Rolling.LAST_30_DAYS);
        ranges.put("91d", Rolling.LAST_91_DAYS);
        ranges.put("12mo", Rolling.LAST_12_MONTHS);
        ranges.put("mtd", Rolling.MONTH_TO_DATE);
        ranges.put("qtd", Rolling.QUARTER_TO_DATE);
        ranges.put("ytd", Rolling.YEAR_TO_DATE);
        ranges.put("all", Rolling.ALL);
        return ranges;
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(text).filter(DATE.asMatchPredicate()).map(LocalDate::parse);
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<DayStart> dayStart(String text) {
        return Optional.of(text).filter(TIME.asMatchPredicate()).map(time -> new DayStart(LocalTime.parse(time)));
    }

    /** What is asked of every report. */
    static Asked asked(Reading reading, LocalDateTime now) {
        var from = reading.get(FROM);
        var to = reading.get(TO);
        var range = reading.get(RANGE);
        var dayStart = reading.get(DAY_START);
        return new Asked(days(reading, from, to, range, dayStart.dayOf(now)), dayStart, now);
    }

    private static RequestedDays days(
            Reading reading, Optional<LocalDate> from, Optional<LocalDate> to, RequestedDays range, LocalDate today) {
        if (!reading.isGiven(FROM) && !reading.isGiven(TO)) {
            return range;
        }
        if (reading.isGiven(RANGE)) {
            reading.fault(RANGE.name(), "stands beside from or to", "range, or from and to, but not both");
        }
        if (reading.isSound(FROM) && reading.isSound(TO)) {
            from.ifPresent(first -> check(reading, first, to, today));
        }
        reading.understand(RANGE, Optional.empty());
        return new RequestedDays.Between(from, to);
    }

    private static void check(Reading reading, LocalDate from, Optional<LocalDate> to, LocalDate today) {
        if (to.isPresent() && from.isAfter(to.get())) {
            reading.fault(FROM.name(), "is after to", "a day not after " + to.get());
        } else if (from.isBefore(to.orElse(today)) && new Days(from, to.orElse(today)).exceedTenYears()) {
            reading.fault(FROM.name(), "is more than ten years before the last day",
                    "a day from " + to.orElse(today).minusYears(LONGEST_SPAN_YEARS) + " on");
        }
    }

    /** What is worth asking for. */
    enum Extra {
        TOTAL, NAME
    }

    private static Optional<Set<Extra>> extras(String text) {
        var words = List.of(text.split(",", -1));
        var extras = Stream.of(Extra.values()).filter(extra -> words.contains(Words.word(extra))).toList();
        return extras.size() == words.size() ? Optional.of(EnumSet.copyOf(extras)) : Optional.empty();
    }

    /**
     * What is asked of everything that has pages.
     *
     * @param paging which page
     * @param wantsNames whether names are asked for
     * @param isOnePage whether the caller means a page, whatever the format
     */
    record Paged(Paging paging, boolean wantsNames, boolean isOnePage) {

        static Paged of(Reading reading) {
            var limit = reading.get(LIMIT);
            var after = reading.get(CURSOR);
            reading.keepQuietOf(CURSOR);
            var include = reading.get(INCLUDE);
            return new Paged(new Paging(limit.intValue(), after, include.contains(Extra.TOTAL)), include.contains(Extra.NAME),
                    reading.isGiven(LIMIT) || reading.isGiven(CURSOR));
        }
    }
}
