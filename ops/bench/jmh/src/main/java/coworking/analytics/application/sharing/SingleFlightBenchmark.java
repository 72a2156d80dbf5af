package coworking.analytics.application.sharing;

import coworking.analytics.application.port.out.LedgerVersion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a caller pays for the shared, checked read: alone, and as one of 64 on virtual threads, over a check of some duration. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SingleFlightBenchmark {

    private static final int CALLERS = 64;
    private static final int ROUNDS = 100;

    /** How long the check takes, in microseconds. */
    @Param({"0", "100"})
    public int checkMicros;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Optional<LedgerVersion> version = Optional.of(new LedgerVersion("1", 1));
    private final SingleFlight<List<String>> read = new SingleFlight<>(new VersionedCache<>(this::version, () -> List.of("facts")));

    private Optional<LedgerVersion> version() {
        if (checkMicros > 0) {
            LockSupport.parkNanos(checkMicros * 1_000L);
        }
        return version;
    }

    /** One caller, nobody beside. */
    @Benchmark
    public List<String> alone() {
        return read.get();
    }

    /** Per call, of 64 callers who call again at once. */
    @Benchmark
    @OperationsPerInvocation(CALLERS * ROUNDS)
    public void among64() {
        var calls = IntStream.range(0, CALLERS).mapToObj(caller -> CompletableFuture.runAsync(this::callAgainAndAgain, threads));
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    }

    private void callAgainAndAgain() {
        for (int round = 0; round < ROUNDS; round++) {
            read.get();
        }
    }

    @TearDown
    public void close() {
        threads.close();
    }
}
