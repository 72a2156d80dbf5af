package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.DormancyQuestion;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.Paging;
import coworking.analytics.domain.Dormancy;
import java.util.Optional;
import java.util.OptionalLong;

/** A page of dormant members. */
record DormantPage(DormantWalk walk, Cursor cursor, Optional<Place<Long>> after, int limit, boolean withTotal)
        implements
            Question<Answer<Page<Dormancy>>> {

    static DormantPage of(Asked asked, DormancyQuestion question, Paging paging) {
        var cursor = Cursor.of(asked, "dormant", question);
        var after = paging.after().map(letters -> cursor.read(letters, 1, numbers -> numbers[0]));
        return new DormantPage(new DormantWalk(question), cursor, after, paging.limit(), paging.withTotal());
    }

    @Override
    public Answer<Page<Dormancy>> ask(Conversation talk) {
        var reader = new PageReader<Dormancy>(limit);
        walk.walk(talk, after, reader);
        var total = withTotal ? OptionalLong.of(walk.count(talk, after)) : OptionalLong.empty();
        var page = reader.page(last -> cursor.at(place(talk, last), user -> new long[]{user}), total);
        return talk.answer(page, walk.warnings(talk, after));
    }

    private Place<Long> place(Conversation talk, Dormancy last) {
        return Place.after(after, talk, last.member().userId());
    }
}
