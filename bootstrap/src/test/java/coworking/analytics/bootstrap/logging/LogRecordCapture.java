package coworking.analytics.bootstrap.logging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a logger says from {@code INFO} on during a test, which is said nowhere else; to be registered as an extension. */
public final class LogRecordCapture extends Handler implements BeforeEachCallback, AfterEachCallback {

    private static final Formatter FORMATTER = new SimpleFormatter();

    private final Logger logger;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public LogRecordCapture(String logger) {
        this.logger = Logger.getLogger(logger);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.INFO);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }

    /** Those with a message as it stands in the code. */
    public List<LogRecord> of(String message) {
        return records.stream().filter(line -> line.getMessage().equals(message)).toList();
    }

    /** All, each as its level and its text. */
    public List<String> texts() {
        return records.stream().map(line -> line.getLevel() + " " + FORMATTER.formatMessage(line)).toList();
    }

    @Override
    public void publish(LogRecord line) {
        records.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
