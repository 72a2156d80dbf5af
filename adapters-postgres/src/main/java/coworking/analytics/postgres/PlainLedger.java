package coworking.analytics.postgres;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.TokenLedger;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.DayTally;
import coworking.analytics.domain.UserTallies;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The ledger that counts the rows of the two tables, each time. It needs nothing but the right to read them. */
final class PlainLedger implements TokenLedger {

    private static final String DAYS = TallyReader.daysFrom("""
            SELECT created_at::date AS date, count(*) AS issued, count(used_at) AS used
            FROM tokens
            GROUP BY 1""");

    private static final String USERS = TallyReader.usersFrom("""
            SELECT user_id, count(*) AS issued, count(used_at) AS used
            FROM tokens
            GROUP BY user_id""");

    // No row is asked for, so none is looked for; the table's existence, its locks and the right to read it are checked all the same.
    static final String READABLE = "SELECT 1 FROM tokens LIMIT 0";

    private static final String TABLES = "tokens, users";

    private final Database database;
    private final TallyReader reader;

    PlainLedger(Database database) {
        this.database = database;
        reader = new TallyReader(database);
    }

    @Override
    public List<DayTally> dayTallies() {
        return reader.days(DAYS);
    }

    @Override
    public UserTallies userTallies() {
        return reader.users(USERS);
    }

    /** None: to find out whether the tables have changed takes as long as to count them. */
    @Override
    public Optional<Version> version() {
        return Optional.empty();
    }

    @Override
    public <T> T converse(Function<Facts, T> questions) {
        return database.converse(TABLES, conversation -> questions.apply(new PlainFacts(conversation)));
    }

    @Override
    public void ensureReadable() {
        database.askQuickly("readiness", client -> {
            try (var rows = client.execute().createNamedQuery("readable", READABLE).execute()) {
                return rows.count();
            }
        });
    }
}
