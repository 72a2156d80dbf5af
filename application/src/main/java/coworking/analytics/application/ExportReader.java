package coworking.analytics.application;

import coworking.analytics.application.port.in.SpaceAnalytics.About;
import coworking.analytics.application.port.in.SpaceAnalytics.Export;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Hands all rows on. The export begins with the first row, not before: a ledger that fails until then fails a question, not half an answer,
 * and knows by then where its facts come from.
 */
final class ExportReader<T> implements Predicate<T> {

    private final Export<T> export;
    private final Supplier<About> about;
    private boolean hasBegun;

    /**
     * Exports what a walk hands out.
     *
     * @param about is asked once, before the first row is handed on
     * @param walk hands all rows to the reader that it is given
     * @return true, for there was something to export, if only that there is no row
     */
    static <T> boolean read(Export<T> export, Supplier<About> about, Consumer<Predicate<T>> walk) {
        var reader = new ExportReader<>(export, about);
        walk.accept(reader);
        reader.begin();
        return true;
    }

    private ExportReader(Export<T> export, Supplier<About> about) {
        this.export = export;
        this.about = about;
    }

    @Override
    public boolean test(T row) {
        begin();
        export.row(row);
        return true;
    }

    private void begin() {
        if (!hasBegun) {
            hasBegun = true;
            export.begin(about.get());
        }
    }
}
