package coworking.analytics.application.tck;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Proves that every clause bites: for each there is a ledger that breaks it and is rejected for that. */
@ResourceLock(Resources.TIME_ZONE)
class TokenLedgerContractTest {

    private static final int CHANCES = 8;

    private static final TimeZone HOME = TimeZone.getDefault();

    @BeforeAll
    static void liveWhereNoTimeIsSkipped() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterAll
    static void goHome() {
        TimeZone.setDefault(HOME);
    }

    @Test
    void acceptsALedgerWithoutAFault() {
        contractOf(WrongLedger.Faultless.class).assertStatistics(tests -> tests.started(83).succeeded(83));
    }

    @TestFactory
    Stream<DynamicTest> rejectsAWrongLedgerForTheClausesItBreaks() {
        return Stream.of(
                breaks(WrongLedger.CountsUseForItsOwnDay.class, "c1"),
                breaks(WrongLedger.BelievesThatTimeRunsForward.class, "c1"),
                breaks(WrongLedger.DropsTokensOfUnknownUsers.class, "c2", "c4"),
                breaks(WrongLedger.ListsUsersWithoutTokens.class, "c2", "c4"),
                breaks(WrongLedger.ListsDaysNewestFirst.class, "c3", "c7"),
                breaks(WrongLedger.SortsUsersAsText.class, "c2", "c3"),
                breaks(WrongLedger.HandsOutAListThatCallersCanChange.class, "c3"),
                breaks(WrongLedger.FailsWhereThereAreNoTokens.class, "c1", "c4"),
                breaks(WrongLedger.TakesAMissingDateForTheEpoch.class, "c2", "c4"),
                breaks(WrongLedger.ReadsTimesInTheZoneOfTheProcess.class, "c5"),
                breaks(WrongLedger.CutsDaysInTheZoneOfTheProcess.class, "c5"),
                breaks(WrongLedger.RoundsToMilliseconds.class, "c2", "c5"),
                breaks(WrongLedger.IsOneCallBehind.class, "c1", "c2", "c5", "c6"),
                breaks(WrongLedger.CountsHalfOfTheTokensLater.class, "c7"),
                breaks(WrongLedger.ReadsUsersFirstAndTokensLater.class, "c7"),
                breaks(WrongLedger.LetsTheDriversFailureThrough.class, "c8"),
                breaks(WrongLedger.AnswersNothingWhereTheStoreFails.class, "c8"),
                breaks(WrongLedger.AnswersFromMemoryWhereTheStoreFails.class, "c8"),
                breaks(WrongLedger.NeverRecovers.class, "c8"),
                breaks(WrongLedger.QuotesTheDriver.class, "c8"),
                breaks(WrongLedger.IsAlwaysReadable.class, "c9"),
                breaks(WrongLedger.IsReadableOnlyWithTokens.class, "c9"),
                breaks(WrongLedger.ReadsEverythingToKnowWhetherItCan.class, "c9"),
                breaks(WrongLedger.CountsTokensOnlyForItsVersion.class, "c10"),
                breaks(WrongLedger.LeavesUsersOutOfItsVersion.class, "c10"),
                breaks(WrongLedger.BeginsItsVersionAnewWithEachClear.class, "c10"),
                breaksNowAndThen(WrongLedger.TellsItsVersionBeforeTheCommit.class, "c10"),
                breaks(WrongLedger.RemembersItsVersionWhereTheStoreFails.class, "c10"),
                breaks(WrongLedger.ReadsEverythingForItsVersion.class, "c10"));
    }

    @TestFactory
    Stream<DynamicTest> rejectsAWrongConversationForTheClausesItBreaks() {
        return Stream.of(
                breaks(WrongSnapshot.ReadsALaterStateForEachCall.class, "c11"),
                breaks(WrongSnapshot.IsOneSnapshotBehind.class, "c11", "f3"),
                breaks(WrongSnapshot.WrapsWhatIsThrown.class, "c11"),
                breaks(WrongSnapshot.AnswersAfterItsEnd.class, "c11"),
                breaks(WrongSnapshot.CutsDaysAtMidnight.class, "f1", "f2", "f5", "f8"),
                breaks(WrongSnapshot.CountsTheEndOfASpan.class, "f3", "f4", "f5"),
                breaks(WrongSnapshot.CountsVisitsForVisitors.class, "f4"),
                breaks(WrongSnapshot.LosesUsersWithoutADate.class, "f5"),
                breaks(WrongSnapshot.TakesTheNumberOfTokensForTheNewest.class, "f6"),
                breaks(WrongSnapshot.CountsTokensOfAnyAge.class, "f7"),
                breaks(WrongSnapshot.ForgetsWhoIsUnknown.class, "f7", "f8"),
                breaks(WrongSnapshot.GoesOnReading.class, "f7"),
                breaks(WrongSnapshot.TellsNamesToEverybody.class, "f7", "f11"),
                breaks(WrongSnapshot.TakesTheFirstVisitOfTheSpanForTheFirstOfAll.class, "f9"),
                breaks(WrongSnapshot.NamesTheLastSamples.class, "f10"),
                breaks(WrongSnapshot.TakesTheNewestTokenForTheEndOfTheData.class, "f13"),
                breaks(WrongSnapshot.KnowsNobodyWithoutAToken.class, "f11"),
                breaks(WrongSnapshot.TellsTheEarliestVisitFirst.class, "f12"));
    }

    private static DynamicTest breaks(Class<? extends WrongLedger> ledger, String... clauses) {
        return dynamicTest(ledger.getSimpleName(), () -> assertThat(clausesThatReject(ledger)).contains(clauses).isSubsetOf(and(clauses)));
    }

    /** Where only chance shows the fault, it gets several. */
    private static DynamicTest breaksNowAndThen(Class<? extends WrongLedger> ledger, String... clauses) {
        return dynamicTest(ledger.getSimpleName(), () -> assertThat(Stream.generate(() -> clausesThatReject(ledger)).limit(CHANCES))
                .allSatisfy(rejecting -> assertThat(rejecting).isSubsetOf(and(clauses)))
                .anySatisfy(rejecting -> assertThat(rejecting).contains(clauses)));
    }

    /** A wrong answer may also meet a state that makes it look outdated, torn or unlike the next, depending on when readers and the writer ran. */
    private static Set<String> and(String... clauses) {
        return Stream.concat(Stream.of(clauses), Stream.of("c6", "c7", "c10", "c11")).collect(toSet());
    }

    private static SortedSet<String> clausesThatReject(Class<? extends WrongLedger> ledger) {
        return contractOf(ledger).failed().stream().map(TokenLedgerContractTest::clause).collect(toCollection(TreeSet::new));
    }

    private static Events contractOf(Class<? extends WrongLedger> ledger) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectClass(ledger)).execute().testEvents();
    }

    private static String clause(Event test) {
        return test.getTestDescriptor().getDisplayName().replaceFirst("([cf]\\d+).*", "$1");
    }
}
