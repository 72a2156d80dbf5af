package coworking.analytics.application.tck;

import static coworking.analytics.application.port.out.LedgerSnapshot.CountedTokens.ISSUED;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.domain.fact.CohortCounts;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.JoinCounts;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.fact.TokenFeed;
import coworking.analytics.domain.fact.User;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitDays;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.SpaceClock;
import coworking.analytics.domain.time.TimeSpan;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A snapshot whose facts are the domain's definitions, applied to unchanging contents. */
class InMemorySnapshot implements LedgerSnapshot {

    private static final Comparator<MemberVisits> BY_ID = Comparator.comparingLong(visits -> visits.member().userId());

    private final StoreContents contents;
    private final Optional<LedgerVersion> version;
    private final SpaceClock clock;
    private SnapshotSource source = SnapshotSource.ROLLUP;
    private boolean isClosed;

    InMemorySnapshot(StoreContents contents, Optional<LedgerVersion> version, SpaceClock clock) {
        this.contents = contents;
        this.version = version;
        this.clock = clock;
    }

    /** The contents of this snapshot. */
    StoreContents contents() {
        return contents;
    }

    /** Ends this snapshot: later calls fail. */
    void close() {
        isClosed = true;
    }

    @Override
    public SnapshotSource source() {
        requireOpen();
        return source;
    }

    @Override
    public Optional<LedgerVersion> version() {
        requireOpen();
        return version;
    }

    @Override
    public Optional<DateRange> extent(DayStart dayStart) {
        return Token.extentOf(onWallClock(tokens()), dayStart);
    }

    @Override
    public List<HourCounts> hourCounts(DayStart dayStart, DateRange range) {
        return HourCounts.of(onWallClock(tokens()), dayStart).stream().filter(counts -> range.contains(counts.day())).toList();
    }

    @Override
    public TokenCounts tokenCounts(TimeSpan span) {
        return TokenCounts.of(onWallClock(within(tokens(), span)), span);
    }

    @Override
    public List<Long> countVisitors(List<TimeSpan> spans) {
        return spans.stream().map(span -> Visit.countVisitors(onWallClock(within(tokens(), span)), span)).toList();
    }

    @Override
    public List<JoinCounts> joinCounts(DayStart dayStart) {
        return JoinCounts.of(onWallClock(users().stream()), dayStart);
    }

    @Override
    public long countJoined(TimeSpan span) {
        return JoinCounts.countJoined(
                onWallClock(users().stream().filter(user -> user.joinedAt().filter(at -> clock.contains(span, at)).isPresent())),
                span);
    }

    @Override
    public OptionalLong newestTokenId() {
        return tokensById().keySet().stream().mapToLong(Long::longValue).max();
    }

    @Override
    public void memberVisits(MemberVisitsCriteria criteria, Predicate<MemberVisits> consumer) {
        emit(members(criteria).filter(visits -> comesAfter(criteria, visits)).map(visits -> withNameIf(criteria, visits)), consumer);
    }

    @Override
    public long countMembers(MemberVisitsCriteria criteria) {
        return members(criteria).count();
    }

    @Override
    public void visitDays(
            DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> consumer) {
        emit(VisitDays.of(users(), within(tokens(), span), dayStart, clock).stream()
                .filter(visits -> afterUser.isEmpty() || visits.member().userId() > afterUser.getAsLong())
                .map(visits -> new VisitDays(withNameIf(withNames, visits.member()), visits.days())), consumer);
    }

    @Override
    public List<CohortCounts> cohortCounts(DayStart dayStart, Interval interval, TimeSpan span) {
        return CohortCounts.of(onWallClock(tokens()), dayStart, interval, span);
    }

    @Override
    public List<DataQualityIssue> dataQualityIssues(TimeSpan span, Instant now) {
        return DataQualityIssue.of(users(), tokensById(), span, clock, now);
    }

    @Override
    public Optional<Member> member(long userId, boolean withName) {
        return Member.of(userId, users(), tokens(), clock).map(member -> withNameIf(withName, member));
    }

    @Override
    public void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> consumer) {
        emit(Visit.of(tokensById(), userId, span, clock).stream()
                .filter(visit -> before.filter(position -> !comesAfter(position, visit)).isEmpty()), consumer);
    }

    @Override
    public TokenFeed feed(Instant moment) {
        requireOpen();
        return TokenFeed.of(contents.tokens().values(), clock, moment);
    }

    private Stream<MemberVisits> members(MemberVisitsCriteria criteria) {
        return MemberVisits.of(users(), tokens(criteria), clock).stream()
                .filter(visits -> count(criteria, visits) >= criteria.minVisits())
                .filter(visits -> criteria.isActive().isEmpty() || criteria.isActive().equals(visits.member().isActive()))
                .sorted(order(criteria));
    }

    private List<Token> tokens(MemberVisitsCriteria criteria) {
        var known = tokensById().entrySet().stream()
                .filter(token -> criteria.maxTokenId().isEmpty() || token.getKey() <= criteria.maxTokenId().getAsLong())
                .map(Map.Entry::getValue)
                .toList();
        return criteria.span().map(span -> within(known, span)).orElse(known);
    }

    private static Comparator<MemberVisits> order(MemberVisitsCriteria criteria) {
        Comparator<MemberVisits> byVisits = Comparator.comparingLong(visits -> count(criteria, visits));
        return switch (criteria.order()) {
            case MOST_VISITS -> byVisits.reversed().thenComparing(BY_ID);
            case FEWEST_VISITS -> byVisits.thenComparing(BY_ID);
            case ID -> BY_ID;
        };
    }

    private static boolean comesAfter(MemberVisitsCriteria criteria, MemberVisits visits) {
        return criteria.after().filter(position -> order(criteria).compare(visits, rowAt(position)) <= 0).isEmpty();
    }

    /** A row at the position, whichever tokens count. */
    private static MemberVisits rowAt(MemberPosition position) {
        return new MemberVisits(Member.unknown(position.userId()), position.visits(), position.visits());
    }

    private static boolean comesAfter(VisitPosition position, Visit visit) {
        var createdAt = visit.position().createdAt();
        return createdAt.isBefore(position.createdAt())
                || (createdAt.equals(position.createdAt()) && visit.tokenId() < position.tokenId());
    }

    private static long count(MemberVisitsCriteria criteria, MemberVisits visits) {
        return criteria.countedTokens() == ISSUED ? visits.issued() : visits.used();
    }

    private static MemberVisits withNameIf(MemberVisitsCriteria criteria, MemberVisits visits) {
        return new MemberVisits(withNameIf(criteria.withNames(), visits.member()), visits.issued(), visits.used());
    }

    private static Member withNameIf(boolean withName, Member member) {
        return withName ? member : member.withoutName();
    }

    private List<Token> within(Collection<Token> tokens, TimeSpan span) {
        return tokens.stream().filter(token -> clock.contains(span, token.createdAt())).toList();
    }

    private List<Token> onWallClock(Collection<Token> tokens) {
        return tokens.stream().map(token -> token.onWallClock(clock)).toList();
    }

    private List<User> onWallClock(Stream<User> users) {
        return users.map(user -> user.onWallClock(clock)).toList();
    }

    private static <T> void emit(Stream<T> rows, Predicate<T> consumer) {
        for (var row : rows.toList()) {
            if (!consumer.test(row)) {
                return;
            }
        }
    }

    private Collection<User> users() {
        requireOpen();
        return contents.users().values();
    }

    private Collection<Token> tokens() {
        return tokensById().values();
    }

    private Map<Long, Token> tokensById() {
        requireOpen();
        source = SnapshotSource.SCAN;
        return contents.tokens();
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("The snapshot is closed");
        }
    }
}
