package coworking.analytics.rest.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Writes in pieces, and tells a connection when each of them begins and ends: a write has no time limit of its own. */
final class TimedDataWriter implements DataWriter {

    /** A client on a slow line takes it in a minute. */
    static final int PIECE_BYTES = 65_536;

    private final DataWriter out;
    private final GuardedConnection connection;

    TimedDataWriter(DataWriter out, GuardedConnection connection) {
        this.out = out;
        this.connection = connection;
    }

    @Override
    public void write(BufferData... buffers) {
        for (var buffer : buffers) {
            write(buffer);
        }
    }

    @Override
    public void write(BufferData buffer) {
        writePieces(buffer, false);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        for (var buffer : buffers) {
            writeNow(buffer);
        }
    }

    @Override
    public void writeNow(BufferData buffer) {
        writePieces(buffer, true);
    }

    private void writePieces(BufferData buffer, boolean isUrgent) {
        while (buffer.available() > PIECE_BYTES) {
            var piece = new byte[PIECE_BYTES];
            buffer.read(piece);
            writePiece(BufferData.create(piece), isUrgent);
        }
        writePiece(buffer, isUrgent);
    }

    private void writePiece(BufferData piece, boolean isUrgent) {
        connection.beginWrite();
        try {
            if (isUrgent) {
                out.writeNow(piece);
            } else {
                out.write(piece);
            }
        } finally {
            connection.endWrite();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.close();
    }
}
