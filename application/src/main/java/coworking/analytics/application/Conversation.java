package coworking.analytics.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import coworking.analytics.application.port.in.SpaceAnalytics.About;
import coworking.analytics.application.port.in.SpaceAnalytics.Answer;
import coworking.analytics.application.port.in.SpaceAnalytics.Asked;
import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Present;
import coworking.analytics.domain.RequestedDays.Rolling;
import coworking.analytics.domain.Warnings;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A question on its way to its answer, about one state of the ledger.
 *
 * @param facts that state
 * @param asked what every question has in common
 * @param days the days that are meant; empty where there are none
 */
record Conversation(Facts facts, Asked asked, Optional<Days> days) {

    /** Begins with finding out which days are meant. The ledger is only asked where the words leave an end open. */
    static Conversation about(Asked asked, Facts facts) {
        var today = present(asked).today();
        var days = asked.days().resolve(today, Optional.empty())
                .or(() -> asked.days().resolve(today, facts.extent(asked.dayStart())));
        return new Conversation(facts, asked, days);
    }

    /** The same conversation about days whose open ends something else tells than the tokens. */
    Conversation within(Optional<Days> extent) {
        return new Conversation(facts, asked, asked.days().resolve(present().today(), extent));
    }

    static Present present(Asked asked) {
        return new Present(asked.now(), asked.dayStart());
    }

    Present present() {
        return present(asked);
    }

    DayStart dayStart() {
        return asked.dayStart();
    }

    /** Whether every token there is counts. */
    boolean isOfAllDays() {
        return asked.days() == Rolling.ALL;
    }

    /** To be made last: where facts came from is known when they have come. */
    <T> Answer<T> answer(T data, List<String> warnings) {
        return new Answer<>(data, about(warnings));
    }

    About about(List<String> warnings) {
        return new About(
                days,
                asked.now(),
                facts.version().map(Conversation::name),
                facts.source() == Facts.Source.ROLLUP,
                days.filter(some -> !present().isOver(some)).isPresent(),
                Stream.of(Warnings.ofDays(days, present().today()), warnings).flatMap(List::stream).toList());
    }

    /** Of the same length for every store, and without what a store's mark may tell of its inside, such as when its server started. */
    private static String name(Version version) {
        return UUID.nameUUIDFromBytes((version.generation() + "." + version.changes()).getBytes(UTF_8)).toString();
    }
}
