package coworking.analytics.adopter;

import static coworking.analytics.domain.time.RequestedRange.NamedRange.ALL;
import static coworking.analytics.domain.time.RequestedRange.NamedRange.LAST_28_DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.SpaceAnalytics.DormancyCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.PageRequest;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria.UserVisitsOrder;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsPosition;
import coworking.analytics.application.query.DormantMembersRows;
import coworking.analytics.application.query.PagedQuery;
import coworking.analytics.application.query.UserVisitsRows;
import coworking.analytics.application.query.VisitsOfUserQuery;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.report.DormantMember;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.RequestedRange;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Pages that are asked for while others write. */
class PaginationTest {

    private static final LocalDateTime NOW = LocalDateTime.parse("2026-03-31T12:00");

    private final SpaceFixture space = new SpaceFixture();

    @Property(tries = 200)
    void visitsEveryUserOnceInOrderWhateverIsInsertedMeanwhile(
            @ForAll UserVisitsOrder order,
            @ForAll boolean countsUsed,
            @ForAll boolean isOfAllDays,
            @ForAll @IntRange(min = 1, max = 4) int limit,
            @ForAll("tokens") List<IssuedToken> before,
            @ForAll("tokens") @Size(min = 1, max = 40) List<IssuedToken> meanwhile) {
        issue(before);
        var question = new UserVisitsCriteria(countsUsed, Optional.empty(), 1, order, false);
        var all = space.analytics.answer(new PagedQuery<>(new UserVisitsRows(question), new PageRequest<>(1_000, Optional.empty(), false)),
                scope(isOfAllDays)).data().rows();
        var later = new ArrayList<>(meanwhile);

        var walked = walk(limit, later,
                (PageRequest<UserVisitsPosition> paging) -> space.analytics
                        .answer(new PagedQuery<>(new UserVisitsRows(question), paging), scope(isOfAllDays)).data());

        assertThat(walked).isEqualTo(all);
        assertThat(walked).extracting(visits -> visits.member().userId()).doesNotHaveDuplicates();
        assertThat(walked).extracting(visits -> countsUsed ? visits.used() : visits.issued()).isSortedAccordingTo(inOrder(order));
    }

    /** The walk goes on through midnight, and what seven days ago was is another day then. */
    @Property(tries = 50)
    void visitsEveryUserOnceWhileTheDaysMoveOn(@ForAll("tokens") List<IssuedToken> tokens, @ForAll @IntRange(min = 1, max = 3) int limit) {
        issue(tokens);
        var question = new UserVisitsCriteria(false, Optional.empty(), 1, UserVisitsOrder.MOST_VISITS, false);
        var now = new ArrayList<>(List.of(NOW));
        var all = space.analytics
                .answer(new PagedQuery<>(new UserVisitsRows(question), new PageRequest<>(1_000, Optional.empty(), false)),
                        scope(LAST_28_DAYS, NOW))
                .data()
                .rows();

        var walked = walk(limit, new ArrayList<>(), (PageRequest<UserVisitsPosition> paging) -> {
            now.add(now.getLast().plusDays(1));
            return space.analytics
                    .answer(new PagedQuery<>(new UserVisitsRows(question), paging), scope(LAST_28_DAYS, now.get(now.size() - 2))).data();
        });

        assertThat(walked).isEqualTo(all);
    }

    @Property(tries = 100)
    void findsEveryDormantMemberOnceWhoIsSoAllTheTime(
            @ForAll("tokens") List<IssuedToken> before, @ForAll("tokens") List<IssuedToken> meanwhile,
            @ForAll @IntRange(min = 1, max = 3) int limit) {
        issue(before);
        var question = new DormancyCriteria(0.5, 2, false);
        var first = dormant(question);
        var walked = ids(walk(
                limit, new ArrayList<>(meanwhile),
                (PageRequest<Long> paging) -> space.analytics
                        .answer(new PagedQuery<>(new DormantMembersRows(question), paging), scope(true)).data()));
        var last = dormant(question);

        assertThat(walked).doesNotHaveDuplicates().isSorted().containsAll(first.stream().filter(last::contains).toList());
    }

    @Property(tries = 100)
    void showsEveryVisitOnceTheLatestFirst(
            @ForAll("tokens") List<IssuedToken> before, @ForAll("tokens") List<IssuedToken> meanwhile,
            @ForAll @IntRange(min = 1, max = 3) int limit) {
        space.issue(1, NOW.minusDays(1), true);
        issue(before);
        var all = visits(new PageRequest<>(1_000, Optional.empty(), false)).rows();

        var walked = walk(limit, new ArrayList<>(meanwhile), this::visits);

        assertThat(walked).extracting(Visit::tokenId).doesNotHaveDuplicates();
        assertThat(walked).containsSubsequence(all).extracting(Visit::countsAt).isSortedAccordingTo((one, next) -> next.compareTo(one));
    }

    private List<Long> dormant(DormancyCriteria question) {
        return ids(space.analytics
                .answer(new PagedQuery<>(new DormantMembersRows(question), new PageRequest<>(1_000, Optional.empty(), false)), scope(true))
                .data().rows());
    }

    private static List<Long> ids(List<DormantMember> dormant) {
        return dormant.stream().map(dormancy -> dormancy.member().userId()).toList();
    }

    private Page<Visit, VisitPosition> visits(PageRequest<VisitPosition> paging) {
        return space.analytics.answer(new VisitsOfUserQuery(1, false, paging), scope(true)).orElseThrow().data().visits();
    }

    /** Asks for page after page; before each one but the first, some of those who write do so. */
    private <R, P> List<R> walk(int limit, List<IssuedToken> meanwhile, Function<PageRequest<P>, Page<R, P>> pages) {
        var rows = new ArrayList<R>();
        var page = pages.apply(new PageRequest<>(limit, Optional.empty(), false));
        rows.addAll(page.rows());
        while (page.nextPageToken().isPresent()) {
            assertThat(page.rows()).hasSize(limit);
            for (var write = 0; write < 5 && !meanwhile.isEmpty(); write++) {
                issue(List.of(meanwhile.removeLast()));
            }
            page = pages.apply(new PageRequest<>(limit, page.nextPageToken(), false));
            rows.addAll(page.rows());
        }
        return rows;
    }

    private static Comparator<Long> inOrder(UserVisitsOrder order) {
        return switch (order) {
            case MOST_VISITS -> (one, next) -> Long.compare(next, one);
            case FEWEST_VISITS -> Long::compare;
            case ID -> (_, _) -> 0;
        };
    }

    private static ReportScope scope(boolean isOfAllDays) {
        return scope(isOfAllDays ? ALL : LAST_28_DAYS, NOW);
    }

    private static ReportScope scope(RequestedRange days, LocalDateTime now) {
        return new ReportScope(days, DayStart.MIDNIGHT, now);
    }

    private void issue(List<IssuedToken> tokens) {
        tokens.forEach(token -> space.issue(token.userId(), NOW.minusHours(token.hoursAgo()), token.isUsed()));
    }

    @Provide
    Arbitrary<List<IssuedToken>> tokens() {
        return Combinators
                .combine(Arbitraries.longs().between(-2, 8), Arbitraries.integers().between(-24, 1_000), Arbitraries.of(true, true, false))
                .as(IssuedToken::new)
                .list()
                .ofMaxSize(40);
    }

    /** A token that somebody is to be issued. */
    record IssuedToken(long userId, int hoursAgo, boolean isUsed) {}
}
