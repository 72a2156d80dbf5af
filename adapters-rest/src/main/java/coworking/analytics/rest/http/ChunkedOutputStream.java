package coworking.analytics.rest.http;

import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Collects bytes into chunks worth a packet. One chunk is in memory at a time. */
final class ChunkedOutputStream extends OutputStream {

    static final int CHUNK_BYTES = 65_536;

    private final OutputStream out;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int count;

    ChunkedOutputStream(OutputStream out) {
        this.out = out;
    }

    /** Sends a content. The end is sent only after all of it: a failure must not look like the end. */
    static void send(ServerResponse response, StreamingOutput content) {
        try {
            var chunks = new ChunkedOutputStream(response.outputStream());
            content.writeTo(chunks);
            chunks.close();
        } catch (IOException | UncheckedIOException disconnected) {
            throw new ServerConnectionException("The client disconnected before the end of the response", disconnected);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        for (int taken = 0; taken < length;) {
            var part = Math.min(length - taken, CHUNK_BYTES - count);
            System.arraycopy(bytes, start + taken, chunk, count, part);
            count += part;
            taken += part;
            writeFullChunk();
        }
    }

    private void writeFullChunk() throws IOException {
        if (count == CHUNK_BYTES) {
            out.write(chunk, 0, count);
            count = 0;
        }
    }

    /** Sends the rest and ends the response. */
    @Override
    public void close() throws IOException {
        out.write(chunk, 0, count);
        count = 0;
        out.close();
    }
}
