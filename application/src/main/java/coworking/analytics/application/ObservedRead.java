package coworking.analytics.application;

import coworking.analytics.application.port.out.ReportObserver;
import coworking.analytics.application.port.out.ReportObserver.Report;
import coworking.analytics.application.port.out.ReportObserver.Source;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import java.util.Optional;
import java.util.function.Supplier;

/** The read behind one report, shared and checked, of which an observer is told where each caller's answer came from. */
final class ObservedRead<T> {

    private final Report report;
    private final TokenLedger ledger;
    private final ReportObserver observer;
    private final SharedRead<CheckedRead.Reading<T>> shared;

    ObservedRead(Report report, TokenLedger ledger, Supplier<T> facts, ReportObserver observer) {
        this.report = report;
        this.ledger = ledger;
        this.observer = observer;
        var checked = new CheckedRead<>(this::version, facts);
        shared = new SharedRead<>(checked::read, () -> observer.waiting(report));
    }

    private Optional<Version> version() {
        var version = ledger.version();
        if (version.isPresent()) {
            observer.checked(report);
        }
        return version;
    }

    T get() {
        try {
            var share = shared.share();
            observer.answered(report, source(share));
            return share.value().value();
        } catch (RuntimeException | Error failure) {
            observer.answered(report, Source.FAILED);
            throw failure;
        }
    }

    /** Who shares a look that showed an earlier answer to stand has it from memory, whoever looked. */
    private static Source source(SharedRead.Share<? extends CheckedRead.Reading<?>> share) {
        if (share.value().isKept()) {
            return Source.MEMORY;
        }
        return share.isOwn() ? Source.COMPUTED : Source.SHARED;
    }
}
