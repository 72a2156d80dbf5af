package coworking.analytics.adopter;

import static coworking.analytics.domain.RequestedDays.Rolling.ALL;
import static coworking.analytics.domain.RequestedDays.Rolling.LAST_28_DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.DormancyQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.Paging;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion.Order;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Dormancy;
import coworking.analytics.domain.RequestedDays;
import coworking.analytics.domain.Visit;
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
class PageWalkTest {

    private static final LocalDateTime NOW = LocalDateTime.parse("2026-03-31T12:00");

    private final Space space = new Space();

    @Property(tries = 200)
    void visitsEveryUserOnceInOrderWhateverIsInsertedMeanwhile(
            @ForAll Order order,
            @ForAll boolean countsUsed,
            @ForAll boolean isOfAllDays,
            @ForAll @IntRange(min = 1, max = 4) int limit,
            @ForAll("tokens") List<Issue> before,
            @ForAll("tokens") @Size(min = 1, max = 40) List<Issue> meanwhile) {
        issue(before);
        var question = new VisitsQuestion(countsUsed, Optional.empty(), 1, order, false);
        var all = space.analytics.userVisits(asked(isOfAllDays), question, new Paging(1_000, Optional.empty(), false)).data().rows();
        var later = new ArrayList<>(meanwhile);

        var walked = walk(limit, later, paging -> space.analytics.userVisits(asked(isOfAllDays), question, paging).data());

        assertThat(walked).isEqualTo(all);
        assertThat(walked).extracting(visits -> visits.member().userId()).doesNotHaveDuplicates();
        assertThat(walked).extracting(visits -> countsUsed ? visits.used() : visits.issued()).isSortedAccordingTo(inOrder(order));
    }

    /** The walk goes on through midnight, and what seven days ago was is another day then. */
    @Property(tries = 50)
    void visitsEveryUserOnceWhileTheDaysMoveOn(@ForAll("tokens") List<Issue> tokens, @ForAll @IntRange(min = 1, max = 3) int limit) {
        issue(tokens);
        var question = new VisitsQuestion(false, Optional.empty(), 1, Order.MOST_VISITS, false);
        var now = new ArrayList<>(List.of(NOW));
        var all = space.analytics.userVisits(asked(LAST_28_DAYS, NOW), question, new Paging(1_000, Optional.empty(), false)).data().rows();

        var walked = walk(limit, new ArrayList<>(), paging -> {
            now.add(now.getLast().plusDays(1));
            return space.analytics.userVisits(asked(LAST_28_DAYS, now.get(now.size() - 2)), question, paging).data();
        });

        assertThat(walked).isEqualTo(all);
    }

    @Property(tries = 100)
    void findsEveryDormantMemberOnceWhoIsSoAllTheTime(
            @ForAll("tokens") List<Issue> before, @ForAll("tokens") List<Issue> meanwhile, @ForAll @IntRange(min = 1, max = 3) int limit) {
        issue(before);
        var question = new DormancyQuestion(0.5, 2, false);
        var first = dormant(question);
        var walked = ids(walk(
                limit, new ArrayList<>(meanwhile), paging -> space.analytics.dormant(asked(true), question, paging).data()));
        var last = dormant(question);

        assertThat(walked).doesNotHaveDuplicates().isSorted().containsAll(first.stream().filter(last::contains).toList());
    }

    @Property(tries = 100)
    void showsEveryVisitOnceTheLatestFirst(
            @ForAll("tokens") List<Issue> before, @ForAll("tokens") List<Issue> meanwhile, @ForAll @IntRange(min = 1, max = 3) int limit) {
        space.issue(1, NOW.minusDays(1), true);
        issue(before);
        var all = visits(new Paging(1_000, Optional.empty(), false)).rows();

        var walked = walk(limit, new ArrayList<>(meanwhile), this::visits);

        assertThat(walked).extracting(Visit::tokenId).doesNotHaveDuplicates();
        assertThat(walked).containsSubsequence(all).extracting(Visit::countsAt).isSortedAccordingTo((one, next) -> next.compareTo(one));
    }

    private List<Long> dormant(DormancyQuestion question) {
        return ids(space.analytics.dormant(asked(true), question, new Paging(1_000, Optional.empty(), false)).data().rows());
    }

    private static List<Long> ids(List<Dormancy> dormant) {
        return dormant.stream().map(dormancy -> dormancy.member().userId()).toList();
    }

    private Page<Visit> visits(Paging paging) {
        return space.analytics.visitsOf(1, asked(true), false, paging).orElseThrow().data().visits();
    }

    /** Asks for page after page; before each one but the first, some of those who write do so. */
    private <T> List<T> walk(int limit, List<Issue> meanwhile, Function<Paging, Page<T>> pages) {
        var rows = new ArrayList<T>();
        var page = pages.apply(new Paging(limit, Optional.empty(), false));
        rows.addAll(page.rows());
        while (page.next().isPresent()) {
            assertThat(page.rows()).hasSize(limit);
            for (var write = 0; write < 5 && !meanwhile.isEmpty(); write++) {
                issue(List.of(meanwhile.removeLast()));
            }
            page = pages.apply(new Paging(limit, page.next(), false));
            rows.addAll(page.rows());
        }
        return rows;
    }

    private static Comparator<Long> inOrder(Order order) {
        return switch (order) {
            case MOST_VISITS -> (one, next) -> Long.compare(next, one);
            case FEWEST_VISITS -> Long::compare;
            case ID -> (_, _) -> 0;
        };
    }

    private static Asked asked(boolean isOfAllDays) {
        return asked(isOfAllDays ? ALL : LAST_28_DAYS, NOW);
    }

    private static Asked asked(RequestedDays days, LocalDateTime now) {
        return new Asked(days, DayStart.MIDNIGHT, now);
    }

    private void issue(List<Issue> tokens) {
        tokens.forEach(token -> space.issue(token.userId(), NOW.minusHours(token.hoursAgo()), token.isUsed()));
    }

    @Provide
    Arbitrary<List<Issue>> tokens() {
        return Combinators
                .combine(Arbitraries.longs().between(-2, 8), Arbitraries.integers().between(-24, 1_000), Arbitraries.of(true, true, false))
                .as(Issue::new)
                .list()
                .ofMaxSize(40);
    }

    /** A token that somebody is to be issued. */
    record Issue(long userId, int hoursAgo, boolean isUsed) {}
}
