package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriteTimeoutOutputStreamTest {

    private static final Duration TIMEOUT = Duration.ofMillis(100);

    @Test
    void whoStopsReadingIsDisconnectedAndTheWritersThreadGoesOn() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var reader = new Socket(server.getInetAddress(), server.getLocalPort());
                var writer = server.accept();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcome = CompletableFuture.supplyAsync(() -> writeWithoutEnd(writer), threads).get(30, TimeUnit.SECONDS);
            assertThat(outcome).isEqualTo("broke off, interrupted: false");
            assertThat(writer.isClosed()).isTrue();
            assertThat(reader.isClosed()).isFalse();
        }
    }

    private static String writeWithoutEnd(Socket writer) {
        try (var stream = new WriteTimeoutOutputStream(writer.getOutputStream(), TIMEOUT)) {
            while (true) {
                stream.write(new byte[ChunkedOutputStream.CHUNK_BYTES]);
            }
        } catch (IOException brokenOff) {
            return "broke off, interrupted: " + Thread.currentThread().isInterrupted();
        }
    }

    @Test
    void whatIsTakenInTimeArrivesAndNobodyIsInterruptedForItLater() throws Exception {
        var taken = new ByteArrayOutputStream();
        try (var stream = new WriteTimeoutOutputStream(taken, TIMEOUT)) {
            stream.write('a');
            stream.write(new byte[]{'x', 'b', 'c', 'x'}, 1, 2);
        }
        Thread.sleep(TIMEOUT.multipliedBy(3));
        assertThat(taken).hasToString("abc");
    }
}
