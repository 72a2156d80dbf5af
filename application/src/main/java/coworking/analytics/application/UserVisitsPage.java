package coworking.analytics.application;

import coworking.analytics.application.UserVisitsWalk.Position;
import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.in.SpaceAnalytics.Page;
import coworking.analytics.application.port.in.SpaceAnalytics.Paging;
import coworking.analytics.application.port.in.SpaceAnalytics.VisitsQuestion;
import coworking.analytics.domain.MemberVisits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A page of users and their visits. */
record UserVisitsPage(UserVisitsWalk walk, Cursor cursor, Optional<Place<Position>> after, int limit, boolean withTotal)
        implements
            Question<Answer<Page<MemberVisits>>> {

    static UserVisitsPage of(Asked asked, VisitsQuestion question, Paging paging) {
        var cursor = Cursor.of(asked, "user visits", question);
        var after = paging.after().map(letters -> cursor.read(letters, Position.NUMBERS, Position::of));
        return new UserVisitsPage(new UserVisitsWalk(question), cursor, after, paging.limit(), paging.withTotal());
    }

    @Override
    public Answer<Page<MemberVisits>> ask(Conversation talk) {
        var reader = new PageReader<MemberVisits>(limit);
        walk.walk(talk, after, reader);
        var total = withTotal ? OptionalLong.of(walk.count(talk, after)) : OptionalLong.empty();
        return talk.answer(reader.page(last -> cursor.at(place(talk, last), Position::numbers), total), List.of());
    }

    private Place<Position> place(Conversation talk, MemberVisits last) {
        var upTo = after.map(place -> place.position().upTo()).orElseGet(() -> talk.facts().newestToken().orElseThrow());
        return Place.after(after, talk, walk.after(last, upTo));
    }
}
