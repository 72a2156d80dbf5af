package coworking.analytics.rest;

import java.util.Optional;

/** A short report, of which each form is made once. */
final class KeptReport implements Encoded {

    private final EntityTag tag;
    private final byte[] json;
    private final Form plain;
    private Optional<Form> gzip = Optional.empty();

    KeptReport(EntityTag tag, byte[] json) {
        this.tag = tag;
        this.json = json;
        this.plain = Form.plain(tag, new HeldBody(json));
    }

    @Override
    public Form plain(Bytes sameJson) {
        return plain;
    }

    /** Made when the first caller wants it. */
    @Override
    public synchronized Form gzip(Bytes sameJson) {
        var form = gzip.orElseGet(this::zipped);
        gzip = Optional.of(form);
        return form;
    }

    private Form zipped() {
        var zipped = Gzip.of(json);
        return zipped.length < json.length ? Form.gzip(tag, new HeldBody(zipped)) : plain;
    }
}
