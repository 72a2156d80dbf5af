package coworking.analytics.application.tck;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;

/** Compares a ledger with what its store must hold, in one state after the other, up to the first difference. */
final class StateCheck {

    private final String name;
    private final Consumer<StoreContents> check;
    private Optional<AssertionError> failure = Optional.empty();

    StateCheck(String name, Consumer<StoreContents> check) {
        this.name = name;
        this.check = check;
    }

    void look(StoreContents contents, String after) {
        if (failure.isPresent()) {
            return;
        }
        try {
            check.accept(contents);
        } catch (Throwable difference) {
            failure = Optional.of(new AssertionError(after + difference, difference));
        }
    }

    void rethrow() {
        failure.ifPresent(difference -> {
            throw difference;
        });
    }

    DynamicTest asTest() {
        return dynamicTest(name, this::rethrow);
    }
}
