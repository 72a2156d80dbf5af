package coworking.analytics.application.tck;

import static coworking.analytics.application.port.out.Facts.Counted.ISSUED;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.CohortTally;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.HourTally;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.JoinTally;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.TimeSpan;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.Usage;
import coworking.analytics.domain.User;
import coworking.analytics.domain.Visit;
import coworking.analytics.domain.VisitDays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Facts that are literally the domain's definitions, of contents that stay as they are. */
class InMemoryFacts implements Facts {

    private static final Comparator<MemberVisits> BY_ID = Comparator.comparingLong(visits -> visits.member().userId());

    private final Contents contents;
    private final Optional<Version> version;
    private Source source = Source.ROLLUP;
    private boolean isOver;

    InMemoryFacts(Contents contents, Optional<Version> version) {
        this.contents = contents;
        this.version = version;
    }

    /** What these facts are about. */
    Contents contents() {
        return contents;
    }

    /** From now on there are no answers. */
    void end() {
        isOver = true;
    }

    @Override
    public Source source() {
        requireConversation();
        return source;
    }

    @Override
    public Optional<Version> version() {
        requireConversation();
        return version;
    }

    @Override
    public Optional<Days> extent(DayStart dayStart) {
        return Days.extentOf(tokens(), dayStart);
    }

    @Override
    public List<HourTally> hourTallies(DayStart dayStart, Days days) {
        return HourTally.of(tokens(), dayStart).stream().filter(tally -> days.contains(tally.day())).toList();
    }

    @Override
    public Usage usage(TimeSpan span) {
        return Usage.of(tokens(), span);
    }

    @Override
    public List<Long> visitors(List<TimeSpan> spans) {
        return spans.stream().map(span -> Visit.visitors(tokens(), span)).toList();
    }

    @Override
    public List<JoinTally> joins(DayStart dayStart) {
        return JoinTally.of(users(), dayStart);
    }

    @Override
    public long joined(TimeSpan span) {
        return JoinTally.joined(users(), span);
    }

    @Override
    public OptionalLong newestToken() {
        return tokensById().keySet().stream().mapToLong(Long::longValue).max();
    }

    @Override
    public void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader) {
        handOut(members(question).filter(visits -> comesAfter(question, visits)).map(visits -> named(question, visits)), reader);
    }

    @Override
    public long countMembers(MemberQuestion question) {
        return members(question).count();
    }

    @Override
    public void visitDays(
            DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
        handOut(VisitDays.of(users(), within(tokens(), span), dayStart).stream()
                .filter(visits -> afterUser.isEmpty() || visits.member().userId() > afterUser.getAsLong())
                .map(visits -> new VisitDays(named(withNames, visits.member()), visits.days())), reader);
    }

    @Override
    public List<CohortTally> cohorts(DayStart dayStart, Interval interval, TimeSpan span) {
        return CohortTally.of(tokens(), dayStart, interval, span);
    }

    @Override
    public List<Finding> findings(TimeSpan span) {
        return Finding.of(users(), tokensById(), span);
    }

    @Override
    public Optional<Member> member(long userId, boolean withName) {
        return Member.of(userId, users(), tokens()).map(member -> named(withName, member));
    }

    @Override
    public void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> reader) {
        handOut(Visit.of(tokensById(), userId, span).stream()
                .filter(visit -> before.filter(position -> !comesAfter(position, visit)).isEmpty()), reader);
    }

    private Stream<MemberVisits> members(MemberQuestion question) {
        return MemberVisits.of(users(), tokens(question)).stream()
                .filter(visits -> count(question, visits) >= question.leastVisits())
                .filter(visits -> question.isActive().isEmpty() || question.isActive().equals(visits.member().isActive()))
                .sorted(order(question));
    }

    private List<Token> tokens(MemberQuestion question) {
        var known = tokensById().entrySet().stream()
                .filter(token -> question.upTo().isEmpty() || token.getKey() <= question.upTo().getAsLong())
                .map(Map.Entry::getValue)
                .toList();
        return question.span().map(span -> within(known, span)).orElse(known);
    }

    private static Comparator<MemberVisits> order(MemberQuestion question) {
        Comparator<MemberVisits> byVisits = Comparator.comparingLong(visits -> count(question, visits));
        return switch (question.order()) {
            case MOST_VISITS -> byVisits.reversed().thenComparing(BY_ID);
            case FEWEST_VISITS -> byVisits.thenComparing(BY_ID);
            case ID -> BY_ID;
        };
    }

    private static boolean comesAfter(MemberQuestion question, MemberVisits visits) {
        return question.after().filter(position -> order(question).compare(visits, at(position)) <= 0).isEmpty();
    }

    /** Somebody who stands just there, whichever tokens count. */
    private static MemberVisits at(MemberPosition position) {
        return new MemberVisits(Member.unknown(position.userId()), position.visits(), position.visits());
    }

    private static boolean comesAfter(VisitPosition position, Visit visit) {
        return visit.countsAt().isBefore(position.countsAt())
                || (visit.countsAt().equals(position.countsAt()) && visit.tokenId() < position.tokenId());
    }

    private static long count(MemberQuestion question, MemberVisits visits) {
        return question.count() == ISSUED ? visits.issued() : visits.used();
    }

    private static MemberVisits named(MemberQuestion question, MemberVisits visits) {
        return new MemberVisits(named(question.withNames(), visits.member()), visits.issued(), visits.used());
    }

    private static Member named(boolean withName, Member member) {
        return withName ? member : member.withoutName();
    }

    private static List<Token> within(Collection<Token> tokens, TimeSpan span) {
        return tokens.stream().filter(token -> span.contains(token.createdAt())).toList();
    }

    private static <T> void handOut(Stream<T> rows, Predicate<T> reader) {
        for (var row : rows.toList()) {
            if (!reader.test(row)) {
                return;
            }
        }
    }

    private Collection<User> users() {
        requireConversation();
        return contents.users().values();
    }

    private Collection<Token> tokens() {
        return tokensById().values();
    }

    private Map<Long, Token> tokensById() {
        requireConversation();
        source = Source.SCAN;
        return contents.tokens();
    }

    private void requireConversation() {
        if (isOver) {
            throw new IllegalStateException("The conversation is over, and with it what these facts were good for");
        }
    }
}
