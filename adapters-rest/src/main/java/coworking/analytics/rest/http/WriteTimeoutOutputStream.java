package coworking.analytics.rest.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes with a timeout, which Helidon 4.5.0 does not have. Without it, a client that stops reading would keep the source of an export, a
 * database connection and its snapshot, until TCP gives up.
 *
 * <p>A write that takes too long is interrupted, which closes the socket that a virtual thread waits for.
 */
final class WriteTimeoutOutputStream extends OutputStream {

    private static final ScheduledThreadPoolExecutor TIMER = newTimer();

    private final OutputStream out;
    private final Duration timeout;

    /**
     * Makes a stream.
     *
     * @param timeout the maximum time of one write
     */
    WriteTimeoutOutputStream(OutputStream out, Duration timeout) {
        this.out = out;
        this.timeout = timeout;
    }

    private static ScheduledThreadPoolExecutor newTimer() {
        var timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("slow-readers").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        var write = new PendingWrite(Thread.currentThread());
        var alarm = TIMER.schedule(write::interrupt, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            out.write(bytes, start, length);
        } finally {
            alarm.cancel(false);
            write.finish();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** One write by one thread. */
    private static final class PendingWrite {

        private final Thread writer;
        private boolean isFinished;
        private boolean isInterrupted;

        PendingWrite(Thread writer) {
            this.writer = writer;
        }

        synchronized void interrupt() {
            if (!isFinished) {
                isInterrupted = true;
                writer.interrupt();
            }
        }

        /** Clears a late interrupt: the next action of the thread, returning the database connection, must not be interrupted. */
        synchronized void finish() {
            isFinished = true;
            if (isInterrupted) {
                var _ = Thread.interrupted();
            }
        }
    }
}
