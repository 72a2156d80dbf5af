package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.domain.Arrivals;
import coworking.analytics.domain.Comparison;
import coworking.analytics.domain.DailySeries;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Dormancy;
import coworking.analytics.domain.Fill;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.Membership;
import coworking.analytics.domain.Metric;
import coworking.analytics.domain.RequestedDays;
import coworking.analytics.domain.Retention;
import coworking.analytics.domain.Summary;
import coworking.analytics.domain.Visit;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Answers those who run a space, each question in one conversation with a ledger.
 *
 * <p>Callers who ask the same at the same time share the next conversation. Different questions are answered a few at a time, of which
 * exports, that last as long as somebody is willing to read, leave one place to the others.
 */
public final class AnalyticsService implements SpaceAnalytics {

    private final TokenLedger ledger;
    private final Turnstile conversations;
    private final Turnstile exports;
    private final SharedReads<Shared> reads = new SharedReads<>();

    /**
     * Makes a service that asks the given ledger.
     *
     * @param conversations how many conversations it has with the ledger at a time; at least 1
     * @param waiting how many callers may wait for one, and as many for an export; more are told that it is too busy
     * @param patience how long they wait before they are told so
     */
    public AnalyticsService(TokenLedger ledger, int conversations, int waiting, Duration patience) {
        this.ledger = ledger;
        this.conversations = new Turnstile(conversations, waiting, patience);
        exports = new Turnstile(Math.max(1, conversations - 1), waiting, patience);
    }

    @Override
    public Answer<DailySeries> dailyUsage(Asked asked, Metric metric, Interval interval, Fill fill, Comparison comparison) {
        return share(asked, new SeriesQuestion(metric, interval, fill, comparison));
    }

    @Override
    public Answer<Summary.Compared> summary(Asked asked, Comparison comparison) {
        return share(asked, new SummaryQuestion(comparison));
    }

    @Override
    public Answer<Arrivals> arrivals(Asked asked, boolean isAverage) {
        return share(asked, new ArrivalsQuestion(isAverage));
    }

    @Override
    public Answer<Membership> members(Asked asked, Interval interval) {
        return share(asked, new MembersQuestion(interval));
    }

    @Override
    public Answer<Retention> retention(Asked asked, Interval cohort, int periods) {
        return share(asked, new RetentionQuestion(cohort, periods));
    }

    @Override
    public Answer<List<Finding>> dataQuality(Asked asked) {
        return share(asked, new QualityQuestion());
    }

    @Override
    public Answer<Page<MemberVisits>> userVisits(Asked asked, VisitsQuestion question, Paging paging) {
        var page = UserVisitsPage.of(asked, question, paging);
        return share(Place.goOn(page.after(), asked), page);
    }

    @Override
    public void userVisits(Asked asked, VisitsQuestion question, Export<MemberVisits> export) {
        var walk = new UserVisitsWalk(question);
        export(asked, talk -> ExportReader.read(export, () -> talk.about(List.of()), rows -> walk.walk(talk, Optional.empty(), rows)));
    }

    @Override
    public Answer<Page<Dormancy>> dormant(Asked asked, DormancyQuestion question, Paging paging) {
        var page = DormantPage.of(asked, question, paging);
        return share(Place.goOn(page.after(), asked), page);
    }

    @Override
    public void dormant(Asked asked, DormancyQuestion question, Export<Dormancy> export) {
        var walk = new DormantWalk(question);
        export(asked, talk -> ExportReader.read(
                export,
                () -> talk.about(walk.warnings(talk, Optional.empty())),
                rows -> walk.walk(talk, Optional.empty(), rows)));
    }

    @Override
    public Optional<Answer<VisitPage>> visitsOf(long userId, Asked asked, boolean withName, Paging paging) {
        var page = VisitsOfPage.of(userId, asked, withName, paging);
        return share(Place.goOn(page.after(), asked), page);
    }

    @Override
    public boolean visitsOf(long userId, Asked asked, Export<Visit> export) {
        var walk = new VisitsWalk(userId);
        return export(asked, talk -> talk.facts().member(userId, false).isPresent()
                && ExportReader.read(export, () -> talk.about(List.of()), rows -> walk.walk(talk, Optional.empty(), rows)));
    }

    private <T> T share(Asked asked, Question<T> question) {
        return reads.get(Shared.of(asked, question), () -> converse(asked, question));
    }

    private boolean export(Asked asked, Question<Boolean> question) {
        return exports.pass(() -> converse(asked, question));
    }

    private <T> T converse(Asked asked, Question<T> question) {
        return conversations.pass(
                () -> Ledgers.ask(() -> ledger.converse(facts -> question.ask(Conversation.about(asked, facts)))));
    }

    /** What callers have to agree on to be given one answer: not on the moment, but on the day. */
    private record Shared(Question<?> question, RequestedDays days, DayStart dayStart, LocalDate today) {

        static Shared of(Asked asked, Question<?> question) {
            return new Shared(question, asked.days(), asked.dayStart(), Conversation.present(asked).today());
        }
    }
}
