package coworking.analytics.rest;

import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Gathers bytes into pieces that are worth a packet, so that no more than one of them is in memory.
 *
 * <p>Each piece begins at the beginning of its array: Helidon 4.1.7 sends the wrong bytes of one that begins in the middle.
 */
final class Pieces extends OutputStream {

    static final int SIZE = 65_536;

    private final OutputStream out;
    private final byte[] piece = new byte[SIZE];
    private int size;

    Pieces(OutputStream out) {
        this.out = out;
    }

    /** Sends an answer. Its end is only sent once all of it was: a failure must not look like the end. */
    static void send(ServerResponse response, Bytes content) {
        try {
            var pieces = new Pieces(response.outputStream());
            content.writeTo(pieces);
            pieces.close();
        } catch (IOException | UncheckedIOException gone) {
            throw new ServerConnectionException("The caller left before the end of the answer", gone);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        for (int taken = 0; taken < length;) {
            var part = Math.min(length - taken, SIZE - size);
            System.arraycopy(bytes, start + taken, piece, size, part);
            size += part;
            taken += part;
            sendFullPiece();
        }
    }

    private void sendFullPiece() throws IOException {
        if (size == SIZE) {
            out.write(piece, 0, size);
            size = 0;
        }
    }

    /** Sends what is left and ends the answer. */
    @Override
    public void close() throws IOException {
        out.write(piece, 0, size);
        size = 0;
        out.close();
    }
}
