package coworking.analytics.postgres;

import static java.lang.System.Logger.Level.DEBUG;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/**
 * What Liquibase says while it works, kept for whoever asks for detail: how a migration went is told once, by its report or by its
 * failure.
 */
final class QuietLog extends AbstractLogService {

    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes") // Liquibase's signature.
    public Logger getLog(Class source) {
        return new Detail();
    }

    private static final class Detail extends AbstractLogger {

        @Override
        public void log(Level level, @Nullable String message, @Nullable Throwable failure) {
            LOG.log(DEBUG, message, failure);
        }

        @Override
        public void close() {}
    }
}
