package coworking.analytics.rest;

import static coworking.analytics.domain.time.SpaceClock.UTC_ONLY;

import coworking.analytics.application.port.in.PageToken;
import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.query.ArrivalsQuery;
import coworking.analytics.application.query.DailyUsageQuery;
import coworking.analytics.application.query.DataQualityQuery;
import coworking.analytics.application.query.DormantMembersRows;
import coworking.analytics.application.query.MembersQuery;
import coworking.analytics.application.query.PagedQuery;
import coworking.analytics.application.query.RetentionQuery;
import coworking.analytics.application.query.SummaryQuery;
import coworking.analytics.application.query.UserVisitsRows;
import coworking.analytics.application.query.VisitsOfUserQuery;
import coworking.analytics.application.query.VisitsOfUserRows;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.report.Arrivals;
import coworking.analytics.domain.report.ComparisonMode;
import coworking.analytics.domain.report.DormantMember;
import coworking.analytics.domain.report.GapFill;
import coworking.analytics.domain.report.MembershipGrowth;
import coworking.analytics.domain.report.Retention;
import coworking.analytics.domain.report.UsageMetric;
import coworking.analytics.domain.report.UsageSeries;
import coworking.analytics.domain.report.UsageSummary;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import coworking.analytics.domain.time.SpaceClock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A space of a few days and users, asked in any way; writes down what it was asked. */
public final class StubSpaceAnalytics implements SpaceAnalytics {

    public static final LocalDateTime NOW = LocalDateTime.parse("2026-03-09T10:15:30.25");
    public static final OffsetDateTime DATA_UNTIL = OffsetDateTime.parse("2026-03-09T10:12:07.003Z");
    public static final DateRange RANGE = new DateRange(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-05"));
    public static final Member ADA = new Member(7, Optional.of(OffsetDateTime.parse("2023-01-20T03:23:39.757813Z")), Optional.of(true),
            Optional.of(new PersonName("Ada", "=HYPERLINK(\"http://evil\")")));
    static final Member UNKNOWN_MEMBER = new Member(4711, Optional.empty(), Optional.empty(), Optional.empty());

    /** All that was asked, each as one list of words. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    public volatile ResultMetadata metadata = new ResultMetadata(Optional.of(RANGE), NOW.atZone(UTC_ONLY.space()), Optional.of("4711"),
            true, false, Optional.of(DATA_UNTIL), List.of());
    public volatile List<MemberVisits> users = List.of(new MemberVisits(ADA, 9, 5), new MemberVisits(UNKNOWN_MEMBER, 6, 0));
    public volatile Runnable beforeAnswer = () -> {};
    public volatile Optional<Iterable<MemberVisits>> exportedUsers = Optional.empty();

    /** The moment at which UTC is {@link #NOW}. */
    public static Instant now() {
        return NOW.toInstant(ZoneOffset.UTC);
    }

    private <T> ReportResult<T> result(T data, Object... question) {
        calls.add(Stream.of(question).map(String::valueOf).reduce((one, other) -> one + " " + other).orElse(""));
        beforeAnswer.run();
        return new ReportResult<>(data, metadata);
    }

    private static String words(ReportScope asked) {
        return asked.range() + " " + asked.dayStart().at() + " " + asked.now();
    }

    @Override
    @SuppressWarnings("unchecked") // Each query implements ReportQuestion of its answer.
    public <T> T answer(ReportQuestion<T> asked, ReportScope scope) {
        return (T) switch (asked) {
            case DailyUsageQuery(var metric, var interval, var fill, var comparison) ->
                dailyUsage(scope, metric, interval, fill, comparison);
            case SummaryQuery(var comparison) -> summary(scope, comparison);
            case ArrivalsQuery(var isAverage) -> arrivals(scope, isAverage);
            case MembersQuery(var interval) -> members(scope, interval);
            case RetentionQuery(var criteria) -> retention(scope, criteria);
            case DataQualityQuery() -> dataQuality(scope);
            case PagedQuery<?, ?>(UserVisitsRows(var criteria), var request) ->
                userVisits(scope, criteria, (PageRequest<UserVisitsPosition>) request);
            case PagedQuery<?, ?>(DormantMembersRows(var criteria), var request) ->
                dormantMembers(scope, criteria, (PageRequest<Long>) request);
            case VisitsOfUserQuery(var userId, var withName, var request) -> visitsOfUser(userId, scope, withName, request);
            default -> throw new IllegalArgumentException("There is no answer to " + asked);
        };
    }

    @Override
    @SuppressWarnings("unchecked") // Each source implements RowQuestion of its rows.
    public <R> boolean export(RowQuestion<R> asked, ReportScope scope, RowConsumer<R> consumer) {
        return switch (asked) {
            case UserVisitsRows(var criteria) -> userVisits(scope, criteria, (RowConsumer<MemberVisits>) consumer);
            case DormantMembersRows(var criteria) -> dormantMembers(scope, criteria, (RowConsumer<DormantMember>) consumer);
            case VisitsOfUserRows(var userId) -> visitsOfUser(userId, scope, (RowConsumer<Visit>) consumer);
            default -> throw new IllegalArgumentException("There are no rows of " + asked);
        };
    }

    private ReportResult<UsageSeries> dailyUsage(ReportScope asked, UsageMetric metric, Interval interval, GapFill fill,
            ComparisonMode comparison) {
        var before = comparison == ComparisonMode.NONE
                ? Optional.<UsageSeries.ComparisonValue>empty()
                : Optional.of(new UsageSeries.ComparisonValue(RANGE.minusDays(7), 3));
        var points = List.of(
                new UsageSeries.UsagePoint("2026-03-01", new DateRange(RANGE.first(), RANGE.first()), 4, before, false),
                new UsageSeries.UsagePoint("2026-03-02", new DateRange(RANGE.first().plusDays(1), RANGE.last()), 0, Optional.empty(),
                        true));
        return result(new UsageSeries(metric, interval, points), "daily-usage", words(asked), metric, interval, fill, comparison);
    }

    private ReportResult<UsageSummary.ComparedSummary> summary(ReportScope asked, ComparisonMode comparison) {
        var now = new UsageSummary(RANGE, new TokenCounts(40, 20), 12, 3, Optional.of(new UsageSummary.Peak<>(RANGE.first(), 8)),
                Optional.of(new UsageSummary.Peak<>(9, 6)));
        var before = new UsageSummary(RANGE.minusDays(7), TokenCounts.ZERO, 0, 0, Optional.empty(), Optional.empty());
        return result(new UsageSummary.ComparedSummary(now, comparison == ComparisonMode.NONE ? Optional.empty() : Optional.of(before)),
                "summary",
                words(asked), comparison);
    }

    private ReportResult<Arrivals> arrivals(ReportScope asked, boolean isAverage) {
        var hours = new ArrayList<>(Collections.nCopies(24, 0.0));
        hours.set(8, 1.5);
        hours.set(9, 3.0);
        return result(
                new Arrivals(isAverage, Stream.of(DayOfWeek.values()).map(day -> new Arrivals.WeekdayArrivals(day, 2, hours)).toList()),
                "arrivals", words(asked), isAverage);
    }

    private ReportResult<MembershipGrowth> members(ReportScope asked, Interval interval) {
        return result(
                new MembershipGrowth(interval, 900, 75, 3, List.of(new MembershipGrowth.MembershipPoint("2026-03", RANGE, 12, 972, true))),
                "members",
                words(asked), interval);
    }

    private ReportResult<Retention> retention(ReportScope asked, RetentionCriteria criteria) {
        var cells = List.of(new Retention.RetentionCell(0, 8, 1, true), new Retention.RetentionCell(1, 3, 0.375, false));
        return result(new Retention(criteria.interval(), List.of(new Retention.Cohort("2026-02", LocalDate.parse("2026-02-01"), 8, cells))),
                "retention",
                words(asked), criteria.interval(), criteria.maxPeriods());
    }

    private ReportResult<List<DataQualityIssue>> dataQuality(ReportScope asked) {
        return result(List.of(new DataQualityIssue(DataQualityIssue.IssueKind.USED_BEFORE_CREATED, 3, List.of(11L, 12L, 40L)),
                new DataQualityIssue(DataQualityIssue.IssueKind.USER_NEVER_SEEN, 0, List.of())), "data-quality", words(asked));
    }

    private ReportResult<Page<MemberVisits, UserVisitsPosition>> userVisits(ReportScope asked, UserVisitsCriteria question,
            PageRequest<UserVisitsPosition> paging) {
        var isFirst = paging.after().isEmpty();
        var rows = paging.limit() >= users.size() ? users : isFirst ? users.subList(0, 1) : users.subList(1, 2);
        return result(new Page<>(rows,
                rows.size() < users.size() && isFirst ? Optional.of(tokenAt(asked, new UserVisitsPosition(9, 7, 99))) : Optional.empty(),
                paging.withTotal() ? OptionalLong.of(750) : OptionalLong.empty()), "user-visits", words(asked), question, paging);
    }

    private static <P> PageToken<P> tokenAt(ReportScope asked, P position) {
        return new PageToken<>(asked.range() == NamedRange.ALL, RANGE, position, Optional.empty());
    }

    private boolean userVisits(ReportScope asked, UserVisitsCriteria question, RowConsumer<MemberVisits> export) {
        return export(exportedUsers.orElse(users), export, "all user-visits", words(asked), question);
    }

    private <T> boolean export(Iterable<T> rows, RowConsumer<T> export, Object... question) {
        export.begin(result(rows, question).metadata());
        rows.forEach(export::accept);
        return true;
    }

    private ReportResult<Page<DormantMember, Long>> dormantMembers(ReportScope asked, DormancyCriteria question, PageRequest<Long> paging) {
        return result(new Page<>(List.of(dormantMembers()), Optional.empty(), OptionalLong.empty()), "dormant", words(asked), question,
                paging);
    }

    private static DormantMember dormantMembers() {
        return new DormantMember(ADA, 6, LocalDate.parse("2026-02-22"), 7.5, 15);
    }

    private boolean dormantMembers(ReportScope asked, DormancyCriteria question, RowConsumer<DormantMember> export) {
        return export(List.of(dormantMembers()), export, "all dormant", words(asked), question);
    }

    private Optional<ReportResult<VisitsOfUser>> visitsOfUser(long userId, ReportScope asked, boolean withName,
            PageRequest<VisitPosition> paging) {
        var answer = result(
                new VisitsOfUser(ADA, new Page<>(List.of(visit()), Optional.of(tokenAt(asked, visit().position())), OptionalLong.empty())),
                "visits of",
                userId,
                words(asked), withName, paging);
        return userId == 7 ? Optional.of(answer) : Optional.empty();
    }

    private static Visit visit() {
        return Visit.of(12, LocalDateTime.parse("2026-02-22T09:10:00.12"), LocalDateTime.parse("2026-02-22T09:05:00"), SpaceClock.UTC_ONLY);
    }

    private boolean visitsOfUser(long userId, ReportScope asked, RowConsumer<Visit> export) {
        return userId == 7 && export(List.of(visit()), export, "all visits of", userId, words(asked));
    }
}
