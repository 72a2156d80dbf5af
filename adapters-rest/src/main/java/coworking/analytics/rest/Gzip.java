package coworking.analytics.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The gzip form of contents. */
final class Gzip extends GZIPOutputStream {

    private static final int BUFFER = 8_192;

    private Gzip(OutputStream out, int level) throws IOException {
        super(out, BUFFER);
        def.setLevel(level);
    }

    /** As small as is usual: this is done once for many callers. */
    static byte[] of(byte[] bytes) {
        var zipped = new ByteArrayOutputStream();
        try {
            write(zipped, Deflater.DEFAULT_COMPRESSION, out -> out.write(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory refused to be written to", impossible);
        }
        return zipped.toByteArray();
    }

    /** As fast as may be: this is done for each caller. */
    static Bytes of(Bytes content) {
        return out -> write(out, Deflater.BEST_SPEED, content);
    }

    /**
     * As fast as may be, for who cannot be asked to write. Closing it ends the gzip form and what it is written to; to be
     * {@linkplain #abandon abandoned} where the content breaks off.
     */
    static Gzip to(OutputStream out) throws IOException {
        return new Gzip(out, Deflater.BEST_SPEED);
    }

    /** Gives back the compressor's memory, without ending anything. */
    void abandon() {
        def.end();
    }

    @Override
    public void close() throws IOException {
        super.close();
        def.end();
    }

    /** Where the content breaks off, so does its gzip form: closing it would make a part look like the whole. */
    private static void write(OutputStream out, int level, Bytes content) throws IOException {
        var gzip = new Gzip(out, level);
        try {
            content.writeTo(gzip);
            gzip.finish();
        } finally {
            gzip.def.end();
        }
    }
}
