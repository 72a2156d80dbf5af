package coworking.analytics.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes for a caller who has to go on reading. Helidon 4.1.7 sets no limit to the time that a write may take, so one who stops would keep
 * what an export is made from, a connection to the database and its snapshot, until TCP gives up.
 *
 * <p>Who takes too long is interrupted, which closes the socket that a virtual thread waits for.
 */
final class ImpatientStream extends OutputStream {

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final OutputStream out;
    private final Duration patience;

    /**
     * Makes a stream.
     *
     * @param patience how long one write may take
     */
    ImpatientStream(OutputStream out, Duration patience) {
        this.out = out;
        this.patience = patience;
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("slow-readers").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        var write = new Write(Thread.currentThread());
        var alarm = CLOCK.schedule(write::breakOff, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            out.write(bytes, start, length);
        } finally {
            alarm.cancel(false);
            write.end();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** One write by one thread. */
    private static final class Write {

        private final Thread writer;
        private boolean isOver;
        private boolean isBrokenOff;

        Write(Thread writer) {
            this.writer = writer;
        }

        synchronized void breakOff() {
            if (!isOver) {
                isBrokenOff = true;
                writer.interrupt();
            }
        }

        /** What the thread does next, giving the connection to the database back, must not be interrupted, too. */
        synchronized void end() {
            isOver = true;
            if (isBrokenOff) {
                var _ = Thread.interrupted();
            }
        }
    }
}
