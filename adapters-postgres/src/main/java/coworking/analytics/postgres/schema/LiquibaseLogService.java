package coworking.analytics.postgres.schema;

import static java.lang.System.Logger.Level.DEBUG;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/**
 * Logs the messages of Liquibase at the level DEBUG. The report or the exception of a migration tells its result once.
 */
final class LiquibaseLogService extends AbstractLogService {

    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes") // Liquibase's signature.
    public Logger getLog(Class source) {
        return new DebugLogger();
    }

    private static final class DebugLogger extends AbstractLogger {

        @Override
        public void log(Level level, @Nullable String message, @Nullable Throwable failure) {
            LOG.log(DEBUG, message, failure);
        }

        @Override
        public void close() {}
    }
}
