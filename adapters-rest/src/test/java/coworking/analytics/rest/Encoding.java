package coworking.analytics.rest;

import coworking.analytics.domain.DailyUsage;
import coworking.analytics.domain.UserVisits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reports as all of their bytes. */
final class Encoding {

    private Encoding() {}

    static byte[] of(DailyUsage report) {
        return all(out -> ReportJson.write(report, out));
    }

    static byte[] of(UserVisits report) {
        return all(out -> ReportJson.write(report, out));
    }

    static byte[] all(Bytes content) {
        var bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
