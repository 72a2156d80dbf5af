package coworking.analytics.rest;

/**
 * What is remembered of the bytes of one report, for all who were given it. The report itself is handed in again each time, so that
 * it lives no longer than somebody else needs it.
 */
interface Encoded {

    /** The bytes up to which a report is kept as bytes. */
    int MOST_KEPT = 8 * 1_048_576;

    Form plain(Bytes json);

    /** The gzip form, or the plain one where gzip would save nothing. */
    Form gzip(Bytes json);

    /** Goes over the report once, to learn its tag and whether it is short enough to be kept. */
    static Encoded of(Bytes json) {
        var measured = Measurement.of(json, MOST_KEPT);
        return measured.bytes()
                .<Encoded>map(bytes -> new KeptReport(measured.tag(), bytes))
                .orElseGet(() -> new StreamedReport(measured.tag(), measured.length()));
    }
}
