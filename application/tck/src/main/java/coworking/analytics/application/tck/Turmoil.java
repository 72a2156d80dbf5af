package coworking.analytics.application.tck;

import coworking.analytics.application.tck.Change.Clear;
import coworking.analytics.application.tck.Change.PutToken;
import coworking.analytics.application.tck.Change.PutUser;
import coworking.analytics.application.tck.Change.RemoveToken;
import coworking.analytics.application.tck.Change.RemoveUser;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.User;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A writer who never rests and readers who watch.
 *
 * <p>There are always ten tokens. Each commit takes the oldest one, with its day and its user, and issues it anew for the next day
 * to the next user. So all states differ, and two states mixed are a third that never was.
 *
 * <p>Nothing here depends on how fast anything is: readers ask a fixed number of times, and the writer goes on until they are done. It makes
 * but some commits for each question, or it would leave a slow reader with more states to compare than anybody has time for.
 */
final class Turmoil {

    private static final int TOKENS = 10;
    private static final int READERS = 3;
    private static final int QUESTIONS = 100;
    private static final int COMMITS_PER_QUESTION = 4;
    private static final long PAUSE_NANOS = 10_000;
    private static final LocalDateTime START = LocalDateTime.parse("2023-01-01T12:00:00");

    private final List<Contents> states = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger(-1);
    private final AtomicInteger committed = new AtomicInteger(-1);
    private final AtomicInteger asked = new AtomicInteger();
    private final Consumer<List<Change>> store;

    /**
     * What one reader was told.
     *
     * @param state the number of the state that the answer shows, negative where it shows none that had begun to exist
     * @param oldest the number of the state that existed for certain when the question was asked
     */
    record Sighting(int state, int oldest) {

        boolean isOfOneState() {
            return state >= 0;
        }

        boolean isOutdated() {
            return isOfOneState() && state < oldest;
        }
    }

    private record Reply<A>(A answer, int oldest, int newest) {}

    private Turmoil(Consumer<List<Change>> store) {
        this.store = store;
    }

    /** Asks the same question again and again while the store changes, and compares each answer with the states it may show. */
    static <A> List<Sighting> watch(Consumer<List<Change>> store, Supplier<A> question, Function<Contents, A> truth) {
        var turmoil = new Turmoil(store);
        var replies = turmoil.replies(question);
        var truths = turmoil.states.stream().map(truth).toList();
        return replies.stream()
                .map(reply -> new Sighting(truths.subList(0, reply.newest() + 1).lastIndexOf(reply.answer()), reply.oldest()))
                .toList();
    }

    private <A> List<Reply<A>> replies(Supplier<A> question) {
        commit(IntStream.range(0, TOKENS).mapToObj(Turmoil::issue).reduce(List.of(new Clear()), Turmoil::joined));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = Stream.generate(() -> threads.submit(() -> ask(question))).limit(READERS).toList();
            for (var number = TOKENS; !readers.stream().allMatch(Future::isDone); number++) {
                commit(joined(issue(number), withdraw(number - TOKENS)));
                awaitQuestions(readers);
            }
            return readers.stream().map(Turmoil::result).flatMap(List::stream).toList();
        }
    }

    private void awaitQuestions(List<? extends Future<?>> readers) {
        while (committed.get() > COMMITS_PER_QUESTION * asked.get() && !readers.stream().allMatch(Future::isDone)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private <A> List<Reply<A>> ask(Supplier<A> question) {
        var replies = new ArrayList<Reply<A>>();
        for (var left = QUESTIONS; left > 0; left--) {
            var oldest = committed.get();
            asked.incrementAndGet();
            var answer = question.get();
            replies.add(new Reply<>(answer, oldest, begun.get()));
        }
        return replies;
    }

    private void commit(List<Change> changes) {
        states.add((states.isEmpty() ? Contents.NOTHING : states.getLast()).after(changes));
        begun.incrementAndGet();
        store.accept(changes);
        committed.incrementAndGet();
    }

    private static List<Change> issue(int number) {
        var time = START.plusDays(number);
        return List.of(
                new PutUser(new User(number, Optional.of(time))),
                new PutToken(tokenId(number), new Token(number, time, Optional.of(time))));
    }

    private static List<Change> withdraw(int number) {
        return tokenId(number) == tokenId(number + TOKENS)
                ? List.of(new RemoveUser(number))
                : List.of(new RemoveToken(tokenId(number)), new RemoveUser(number));
    }

    /** Even tokens keep their ids, so that issuing them anew is an update; odd ones do not, so that it is a delete and an insert. */
    private static long tokenId(int number) {
        return number % 2 == 0 ? number % TOKENS : number;
    }

    private static List<Change> joined(List<Change> first, List<Change> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static <T> T result(Future<T> reader) {
        try {
            return reader.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while readers were at work", interrupted);
        } catch (ExecutionException failed) {
            throw new AssertionError("A reader was refused while the store changed: " + failed.getCause(), failed.getCause());
        }
    }
}
