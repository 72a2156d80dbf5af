package coworking.analytics.rest;

import coworking.analytics.application.port.in.SpaceAnalytics.About;
import coworking.analytics.domain.MetricDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a request asks, understood but not asked yet. It is asked once, for an outcome or for all rows.
 *
 * @param <R> a row of the answer
 * @param table what a row is made of
 * @param definition what the answer is about
 * @param definitions what its fields mean, by their names
 * @param wantsNames whether names of people are asked for
 * @param outcome asks for the answer; of what has pages, for one of them
 * @param everything asks for all there is, row by row; empty where the outcome has it anyway, or is what is wanted
 */
record Inquiry<R>(
        Table<R> table,
        MetricDefinition definition,
        Definitions definitions,
        boolean wantsNames,
        Supplier<Outcome<R>> outcome,
        Optional<Consumer<Sink<R>>> everything) {

    /** Of a report that has no pages. */
    static <R> Inquiry<R> whole(
            Table<R> table, MetricDefinition definition, Definitions definitions, Supplier<Outcome<R>> outcome) {
        return new Inquiry<>(table, definition, definitions, false, outcome, Optional.empty());
    }

    /** All rows of what was asked, or of the page that was. */
    void rows(Sink<R> sink) {
        everything.ifPresentOrElse(export -> export.accept(sink), () -> {
            var answered = outcome.get();
            sink.begin(answered.about(), answered.next());
            answered.rows().forEach(sink::row);
        });
    }

    /**
     * An answer.
     *
     * @param rows in order
     * @param about how it came about
     * @param further what {@code meta} says beside what it always says, by name
     * @param next where the next page begins; empty at the end, and where there are no pages
     */
    record Outcome<R>(List<R> rows, About about, Map<String, Object> further, Optional<String> next) {}

    /** Takes an answer row by row. */
    interface Sink<R> {

        /** Called once, before the first row. */
        void begin(About about, Optional<String> next);

        /** The next row. */
        void row(R row);
    }
}
