package coworking.analytics.rest.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The gzip coding of a content. */
final class GzipOutput extends GZIPOutputStream {

    private static final int BUFFER_BYTES = 8_192;

    private GzipOutput(OutputStream out, int level) throws IOException {
        super(out, BUFFER_BYTES);
        def.setLevel(level);
    }

    /** Compresses at the default level, since many requests share the result. */
    static byte[] compress(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try {
            write(compressed, Deflater.DEFAULT_COMPRESSION, out -> out.write(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory failed", impossible);
        }
        return compressed.toByteArray();
    }

    /** Compresses at the fastest level, since each request does it again. */
    static StreamingOutput compress(StreamingOutput content) {
        return out -> write(out, Deflater.BEST_SPEED, content);
    }

    /**
     * Compresses at the fastest level while the content is written. Closing it ends the coding and closes {@code out}. If the content
     * fails, it is {@linkplain #abort aborted} instead.
     */
    static GzipOutput compressingTo(OutputStream out) throws IOException {
        return new GzipOutput(out, Deflater.BEST_SPEED);
    }

    /** Releases the compressor's memory without ending the coding. */
    void abort() {
        def.end();
    }

    @Override
    public void close() throws IOException {
        super.close();
        def.end();
    }

    /** If the content fails, its coding has no end: a part must not look complete. */
    private static void write(OutputStream out, int level, StreamingOutput content) throws IOException {
        var gzip = new GzipOutput(out, level);
        try {
            content.writeTo(gzip);
            gzip.finish();
        } finally {
            gzip.def.end();
        }
    }
}
