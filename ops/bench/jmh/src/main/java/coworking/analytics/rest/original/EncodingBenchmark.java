package coworking.analytics.rest.original;

import coworking.analytics.domain.fact.DayCounts;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisits;
import coworking.analytics.rest.http.CachedRepresentation;
import coworking.analytics.rest.http.Representation;
import coworking.analytics.rest.http.RepresentationHeaders;
import coworking.analytics.rest.http.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one report costs to encode: three years of days, and 100,000 users. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EncodingBenchmark {

    private static final RepresentationHeaders HEADERS = RepresentationHeaders.of("application/json", "Accept-Encoding");
    private static final LocalDateTime FIRST = LocalDateTime.of(2023, 2, 1, 12, 0, 0, 123_456_000);

    private final DailyUsage days = DailyUsage.from(IntStream.range(0, 1_095)
            .mapToObj(day -> new DayCounts(LocalDate.from(FIRST).plusDays(day), 9_132, 4_566))
            .toList());
    private final UserVisits users = new UserVisits(tallies());

    private static PackedUserCounts tallies() {
        var builder = new PackedUserCounts.Builder();
        IntStream.rangeClosed(1, 100_000)
                .forEach(id -> builder.add(new UserCounts(id, Optional.of(FIRST.plusSeconds(id * 601L)), 100, 50)));
        return builder.build();
    }

    /** Encodes as for a first caller: the tag, the length, and the bytes to keep. */
    @Benchmark
    public CachedRepresentation dailyUsage() {
        return CachedRepresentation.of(out -> ReportJson.write(days, out), HEADERS);
    }

    /** The gzip form of the same, as for the first caller who takes it. */
    @Benchmark
    public Representation dailyUsageGzip() {
        StreamingOutput json = out -> ReportJson.write(days, out);
        return CachedRepresentation.of(json, HEADERS).gzip(json);
    }

    /** Encodes as for a first caller. */
    @Benchmark
    public CachedRepresentation userVisits() {
        return CachedRepresentation.of(out -> ReportJson.write(users, out), HEADERS);
    }

    /** The encoding alone, without hash and copy. */
    @Benchmark
    public void userVisitsToNowhere() throws IOException {
        ReportJson.write(users, OutputStream.nullOutputStream());
    }
}
