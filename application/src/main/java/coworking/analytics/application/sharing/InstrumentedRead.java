package coworking.analytics.application.sharing;

import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.application.port.out.ReportObserver;
import coworking.analytics.application.port.out.ReportObserver.AnswerSource;
import coworking.analytics.application.port.out.ReportObserver.OriginalReport;
import coworking.analytics.application.port.out.TokenLedger;
import java.util.Optional;
import java.util.function.Supplier;

/** The cached, shared read behind one report. It tells an observer where each caller's answer came from. */
public final class InstrumentedRead<T> {

    private final OriginalReport report;
    private final TokenLedger ledger;
    private final ReportObserver observer;
    private final SingleFlight<VersionedCache.CachedValue<T>> singleFlight;

    public InstrumentedRead(OriginalReport report, TokenLedger ledger, Supplier<T> loader, ReportObserver observer) {
        this.report = report;
        this.ledger = ledger;
        this.observer = observer;
        var cache = new VersionedCache<>(this::version, loader);
        singleFlight = new SingleFlight<>(cache::read, () -> observer.waitStarted(report));
    }

    private Optional<LedgerVersion> version() {
        var version = ledger.version();
        if (version.isPresent()) {
            observer.versionChecked(report);
        }
        return version;
    }

    public T get() {
        try {
            var result = singleFlight.execute();
            observer.answered(report, source(result));
            return result.value().value();
        } catch (RuntimeException | Error failure) {
            observer.answered(report, AnswerSource.FAILED);
            throw failure;
        }
    }

    /** If the shared read found the cached value valid, all its callers were answered from memory. */
    private static AnswerSource source(SingleFlight.FlightResult<? extends VersionedCache.CachedValue<?>> result) {
        if (result.value().isHit()) {
            return AnswerSource.MEMORY;
        }
        return result.isLeader() ? AnswerSource.COMPUTED : AnswerSource.SHARED;
    }
}
