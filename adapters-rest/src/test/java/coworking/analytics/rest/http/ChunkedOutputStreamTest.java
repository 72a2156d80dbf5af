package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.report.UserVisits;
import coworking.analytics.rest.original.ReportBytes;
import coworking.analytics.rest.original.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChunkedOutputStreamTest {

    private final RecordingOutputStream output = new RecordingOutputStream();

    @Test
    void noChunkOfALongReportIsLongerThan64KiB() throws IOException {
        var report = report(300_000);
        var pieces = new ChunkedOutputStream(output);
        ReportJson.write(report, pieces);
        pieces.close();

        assertThat(output.sizes).hasSizeGreaterThan(100).allMatch(size -> size <= 65_536);
        assertThat(output.isSentExactly(ReportBytes.of(report))).isTrue();
    }

    @Test
    void noChunkOfItsGzipFormIsEither() throws IOException {
        var report = report(300_000);
        var pieces = new ChunkedOutputStream(output);
        GzipOutput.compress(out -> ReportJson.write(report, out)).writeTo(pieces);
        pieces.close();

        assertThat(output.sizes).hasSizeGreaterThan(10).allMatch(size -> size <= 65_536);
    }

    @Test
    void theDigestBuffersNothingOfALongReport() {
        var report = report(300_000);
        var measured = TaggedBuffer.of(out -> ReportJson.write(report, out), CachedRepresentation.MAX_BUFFERED_BYTES);

        assertThat(measured.bytes()).isEmpty();
        assertThat(measured.length()).isEqualTo(ReportBytes.of(report).length);
    }

    @Test
    void theDigestBuffersExactlyItsMaximum() {
        assertThat(TaggedBuffer.of(out -> out.write(new byte[10]), 10).bytes()).hasValue(new byte[10]);
        assertThat(TaggedBuffer.of(out -> out.write(new byte[11]), 10).bytes()).isEmpty();
    }

    @Test
    void chunksFollowEachOtherHoweverTheyAreWritten() throws IOException {
        var bytes = new byte[200_001];
        new Random(1).nextBytes(bytes);
        var pieces = new ChunkedOutputStream(output);
        pieces.write(bytes[0]);
        pieces.write(bytes, 1, 70_000);
        pieces.write(bytes, 70_001, 130_000);
        pieces.close();

        assertThat(output.sizes).containsExactly(65_536, 65_536, 65_536, 3_393);
        assertThat(output.isSentExactly(bytes)).isTrue();
        assertThat(output.ended).isTrue();
    }

    @Test
    void gzipOfAContentThatBreaksOffHasNoEnd() {
        StreamingOutput broken = out -> {
            out.write(new byte[100_000]);
            throw new IOException("broken");
        };

        assertThatThrownBy(() -> GzipOutput.compress(broken).writeTo(output)).hasMessage("broken");
        assertThat(output.ended).isFalse();
        assertThat(output.sizes.stream().mapToInt(Integer::intValue).sum()).as("no more than the header").isLessThanOrEqualTo(10);
    }

    private static UserVisits report(int users) {
        var tallies = new PackedUserCounts.Builder();
        LongStream.rangeClosed(1, users).forEach(id -> tallies.add(new UserCounts(id, Optional.empty(), id, 0)));
        return new UserVisits(tallies.build());
    }

    private static final class RecordingOutputStream extends OutputStream {

        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final List<Integer> sizes = new ArrayList<>();
        private boolean ended;

        @Override
        public void write(int value) {
            write(new byte[]{(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int size) {
            assertThat(start).as("where Helidon reads a piece").isZero();
            sizes.add(size);
            sent.write(bytes, start, size);
        }

        @Override
        public void close() {
            ended = true;
        }

        boolean isSentExactly(byte[] expected) {
            return Arrays.equals(sent.toByteArray(), expected);
        }
    }
}
