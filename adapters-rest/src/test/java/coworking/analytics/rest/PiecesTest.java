package coworking.analytics.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coworking.analytics.domain.UserTallies;
import coworking.analytics.domain.UserTally;
import coworking.analytics.domain.UserVisits;
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

class PiecesTest {

    private final Wire wire = new Wire();

    @Test
    void noPieceOfALongReportIsLongerThan64KiB() throws IOException {
        var report = report(300_000);
        var pieces = new Pieces(wire);
        ReportJson.write(report, pieces);
        pieces.close();

        assertThat(wire.sizes).hasSizeGreaterThan(100).allMatch(size -> size <= 65_536);
        assertThat(wire.isSentExactly(Encoding.of(report))).isTrue();
    }

    @Test
    void noPieceOfItsGzipFormIsEither() throws IOException {
        var report = report(300_000);
        var pieces = new Pieces(wire);
        Gzip.of(out -> ReportJson.write(report, out)).writeTo(pieces);
        pieces.close();

        assertThat(wire.sizes).hasSizeGreaterThan(10).allMatch(size -> size <= 65_536);
    }

    @Test
    void aMeasurementKeepsNothingOfALongReport() {
        var report = report(300_000);
        var measured = Measurement.of(out -> ReportJson.write(report, out), Encoded.MOST_KEPT);

        assertThat(measured.bytes()).isEmpty();
        assertThat(measured.length()).isEqualTo(Encoding.of(report).length);
    }

    @Test
    void aMeasurementKeepsExactlyAsMuchAsItMay() {
        assertThat(Measurement.of(out -> out.write(new byte[10]), 10).bytes()).hasValue(new byte[10]);
        assertThat(Measurement.of(out -> out.write(new byte[11]), 10).bytes()).isEmpty();
    }

    @Test
    void piecesFollowEachOtherHoweverTheyAreWritten() throws IOException {
        var bytes = new byte[200_001];
        new Random(1).nextBytes(bytes);
        var pieces = new Pieces(wire);
        pieces.write(bytes[0]);
        pieces.write(bytes, 1, 70_000);
        pieces.write(bytes, 70_001, 130_000);
        pieces.close();

        assertThat(wire.sizes).containsExactly(65_536, 65_536, 65_536, 3_393);
        assertThat(wire.isSentExactly(bytes)).isTrue();
        assertThat(wire.ended).isTrue();
    }

    @Test
    void gzipOfAContentThatBreaksOffHasNoEnd() {
        Bytes broken = out -> {
            out.write(new byte[100_000]);
            throw new IOException("broken");
        };

        assertThatThrownBy(() -> Gzip.of(broken).writeTo(wire)).hasMessage("broken");
        assertThat(wire.ended).isFalse();
        assertThat(wire.sizes.stream().mapToInt(Integer::intValue).sum()).as("no more than the header").isLessThanOrEqualTo(10);
    }

    private static UserVisits report(int users) {
        var tallies = new UserTallies.Builder();
        LongStream.rangeClosed(1, users).forEach(id -> tallies.add(new UserTally(id, Optional.empty(), id, 0)));
        return new UserVisits(tallies.build());
    }

    private static final class Wire extends OutputStream {

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
