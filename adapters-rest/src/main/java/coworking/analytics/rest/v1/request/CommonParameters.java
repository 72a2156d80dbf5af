package coworking.analytics.rest.v1.request;

import coworking.analytics.application.port.in.SpaceAnalytics.PageRequest;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.domain.report.ComparisonMode;
import coworking.analytics.domain.time.AsOf;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.RequestedRange;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import coworking.analytics.rest.http.ParameterError.ErrorCode;
import coworking.analytics.rest.http.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.function.Function;
import java.util.stream.Stream;

/** Parameters of several reports. */
public final class CommonParameters {

    public static final ParameterSpec<ComparisonMode> COMPARE = ParameterSpec.choice("compare", ComparisonMode.NONE,
            EnumNames.of(ComparisonMode.PREVIOUS, ComparisonMode.WEEK, ComparisonMode.MONTH, ComparisonMode.YEAR, ComparisonMode.NONE));
    public static final ParameterSpec<Interval> INTERVAL = ParameterSpec.choice("interval", Interval.DAY, EnumNames.of(Interval.values()));

    private static final String ALLOWED_DATES = "a date from 0001-01-01 to 9999-12-31, as in 2026-03-01";
    private static final Pattern DATE_PATTERN = Pattern.compile("(?!0000)\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME_PATTERN = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Pattern CURSOR_PATTERN = Pattern.compile("[A-Za-z0-9._-]{1,1024}");

    public static final ParameterSpec<Optional<LocalDate>> FROM = ParameterSpec.optional("from", ALLOWED_DATES, CommonParameters::parseDate,
            LocalDate::toString);
    public static final ParameterSpec<Optional<LocalDate>> TO = ParameterSpec.optional("to", ALLOWED_DATES, CommonParameters::parseDate,
            LocalDate::toString);
    private static final ParameterSpec<NamedRange> RANGE = ParameterSpec.choice("range", NamedRange.ALL, rangeNames());
    private static final ParameterSpec<DayStart> DAY_START = new ParameterSpec<>("day_start", "a time from 00:00 to 23:59, as in 04:00",
            DayStart.MIDNIGHT, CommonParameters::parseDayStart, start -> start.at().toString());

    private static final ParameterSpec<Long> LIMIT = ParameterSpec.number("limit", 100, PageRequest.MIN_LIMIT, PageRequest.MAX_LIMIT);
    public static final ParameterSpec<Optional<String>> CURSOR = ParameterSpec.optional("cursor", "as in the link to the next page",
            text -> Optional.of(text).filter(CURSOR_PATTERN.asMatchPredicate()), text -> text);
    private static final ParameterSpec<Set<IncludeOption>> INCLUDE = ParameterSpec.list("include",
            "total, name or both, with a comma between or each in a parameter of its own",
            EnumSet.noneOf(IncludeOption.class), CommonParameters::parseIncludeOptions,
            options -> options.stream().map(EnumNames::nameOf).toList());

    private CommonParameters() {}

    private static Map<String, NamedRange> rangeNames() {
        var ranges = new LinkedHashMap<String, NamedRange>();
        ranges.put("7d", NamedRange.LAST_7_DAYS);
        ranges.put("28d", NamedRange.LAST_28_DAYS);
        ranges.put("30d", NamedRange.LAST_30_DAYS);
        ranges.put("91d", NamedRange.LAST_91_DAYS);
        ranges.put("12mo", NamedRange.LAST_12_MONTHS);
        ranges.put("mtd", NamedRange.MONTH_TO_DATE);
        ranges.put("qtd", NamedRange.QUARTER_TO_DATE);
        ranges.put("ytd", NamedRange.YEAR_TO_DATE);
        ranges.put("all", NamedRange.ALL);
        return ranges;
    }

    private static Optional<LocalDate> parseDate(String text) {
        try {
            return Optional.of(text).filter(DATE_PATTERN.asMatchPredicate()).map(LocalDate::parse);
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    private static Optional<DayStart> parseDayStart(String text) {
        return Optional.of(text).filter(TIME_PATTERN.asMatchPredicate()).map(time -> new DayStart(LocalTime.parse(time)));
    }

    /**
     * Reads the days of a report.
     *
     * @param now the time of the call, for a start of days
     */
    public static ReportScope reportScope(QueryParameters parameters, Function<DayStart, AsOf> now) {
        var from = parameters.get(FROM);
        var to = parameters.get(TO);
        var range = parameters.get(RANGE);
        var dayStart = parameters.get(DAY_START);
        var asOf = now.apply(dayStart);
        return new ReportScope(requestedDays(parameters, from, to, range, asOf.today()), asOf);
    }

    private static RequestedRange requestedDays(
            QueryParameters parameters, Optional<LocalDate> from, Optional<LocalDate> to, RequestedRange range, LocalDate today) {
        if (!parameters.isGiven(FROM) && !parameters.isGiven(TO)) {
            return range;
        }
        if (parameters.isGiven(RANGE)) {
            parameters.addError(RANGE, ErrorCode.CONFLICTING_PARAMETER, "cannot be combined with from or to",
                    "range, or from and to, but not both");
        }
        if (parameters.isValid(FROM) && parameters.isValid(TO)) {
            from.ifPresent(first -> checkRange(parameters, first, to, today));
        }
        parameters.setInterpreted(RANGE, Optional.empty());
        return parameters.isValid(FROM) && parameters.isValid(TO) ? new RequestedRange.FixedRange(from, to) : range;
    }

    private static void checkRange(QueryParameters parameters, LocalDate from, Optional<LocalDate> to, LocalDate today) {
        if (to.isPresent() && from.isAfter(to.get())) {
            parameters.addError(FROM, ErrorCode.REVERSED_RANGE, "is after to", "a day not after " + to.get());
        } else if (from.isBefore(to.orElse(today)) && new DateRange(from, to.orElse(today)).isLong()) {
            parameters.addError(FROM, ErrorCode.RANGE_TOO_LONG, "is more than ten years before the last day",
                    "a day from " + DateRange.firstDayOfLongest(to.orElse(today)) + " on");
        }
    }

    /** Optional parts of a response, which need further work. */
    enum IncludeOption {
        TOTAL, NAME
    }

    private static Optional<Set<IncludeOption>> parseIncludeOptions(String text) {
        var words = List.of(text.split(",", -1));
        var options = Stream.of(IncludeOption.values()).filter(option -> words.contains(EnumNames.nameOf(option))).toList();
        return options.size() == words.size() ? Optional.of(EnumSet.copyOf(options)) : Optional.empty();
    }

    /**
     * The parameters of reports that have pages.
     *
     * @param limit the greatest number of rows of a page
     * @param cursor where the page begins; empty for the first page
     * @param includesTotal whether to count the rows of all pages
     * @param includesNames whether names are requested
     * @param isSinglePage whether one page is requested, whatever the format
     */
    public record PageParameters(int limit, Optional<String> cursor, boolean includesTotal, boolean includesNames, boolean isSinglePage) {

        public static PageParameters of(QueryParameters parameters) {
            var limit = parameters.get(LIMIT);
            var cursor = parameters.get(CURSOR);
            parameters.hide(CURSOR);
            var include = parameters.get(INCLUDE);
            return new PageParameters(limit.intValue(), cursor, include.contains(IncludeOption.TOTAL), include.contains(IncludeOption.NAME),
                    parameters.isGiven(LIMIT) || parameters.isGiven(CURSOR));
        }

        /**
         * The requested page.
         *
         * @throws ProblemException if the cursor belongs to another request
         */
        public <P> PageRequest<P> pageRequest(PageTokenCodec<P> codec) {
            return new PageRequest<>(limit, cursor.map(codec::decode), includesTotal);
        }
    }
}
