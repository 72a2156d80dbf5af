package coworking.analytics.application;

import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.Paging;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitPage;
import coworking.analytics.application.port.out.Facts.VisitPosition;
import coworking.analytics.domain.Visit;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A page of one user's visits. */
record VisitsOfPage(
        VisitsWalk walk, boolean withName, Cursor cursor, Optional<Place<VisitPosition>> after, int limit, boolean withTotal)
        implements
            Question<Optional<Answer<VisitPage>>> {

    private static final int NUMBERS = 3;

    static VisitsOfPage of(long userId, Asked asked, boolean withName, Paging paging) {
        var cursor = Cursor.of(asked, "visits", userId, withName);
        var after = paging.after().map(letters -> cursor.read(letters, NUMBERS, VisitsOfPage::position));
        return new VisitsOfPage(new VisitsWalk(userId), withName, cursor, after, paging.limit(), paging.withTotal());
    }

    private static VisitPosition position(long[] numbers) {
        var countsAt = LocalDateTime.ofEpochSecond(numbers[0], Math.clamp(numbers[1], -1, Integer.MAX_VALUE), UTC);
        return new VisitPosition(countsAt, numbers[2]);
    }

    private static long[] numbers(VisitPosition position) {
        return new long[]{position.countsAt().toEpochSecond(UTC), position.countsAt().getLong(NANO_OF_SECOND), position.tokenId()};
    }

    @Override
    public Optional<Answer<VisitPage>> ask(Conversation talk) {
        return talk.facts()
                .member(walk.userId(), withName)
                .map(member -> new VisitPage(member, page(talk)))
                .map(page -> talk.answer(page, List.of()));
    }

    private Page<Visit> page(Conversation talk) {
        var reader = new PageReader<Visit>(limit);
        walk.walk(talk, after, reader);
        var total = withTotal ? OptionalLong.of(walk.count(talk)) : OptionalLong.empty();
        return reader.page(last -> cursor.at(place(talk, last), VisitsOfPage::numbers), total);
    }

    private Place<VisitPosition> place(Conversation talk, Visit last) {
        return Place.after(after, talk, new VisitPosition(last.countsAt(), last.tokenId()));
    }
}
