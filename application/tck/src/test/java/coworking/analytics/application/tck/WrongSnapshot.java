package coworking.analytics.application.tck;

import coworking.analytics.application.port.out.LedgerSnapshot;
import coworking.analytics.application.port.out.LedgerVersion;
import coworking.analytics.domain.fact.CohortCounts;
import coworking.analytics.domain.fact.DataQualityIssue;
import coworking.analytics.domain.fact.HourCounts;
import coworking.analytics.domain.fact.JoinCounts;
import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.MemberVisits;
import coworking.analytics.domain.fact.Token;
import coworking.analytics.domain.fact.TokenCounts;
import coworking.analytics.domain.fact.TokenFeed;
import coworking.analytics.domain.fact.Visit;
import coworking.analytics.domain.fact.VisitDays;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.DayStart;
import coworking.analytics.domain.time.Interval;
import coworking.analytics.domain.time.TimeSpan;
import java.util.ArrayList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/** A ledger whose conversations go wrong in one way that somebody's might; everything else about it is right. */
abstract class WrongSnapshot extends WrongLedger {

    @Override
    public <T> T withSnapshot(Function<LedgerSnapshot, T> questions) {
        return truth.withSnapshot(facts -> questions.apply(corrupted(facts)));
    }

    /** What this ledger makes of right facts. */
    abstract LedgerSnapshot corrupted(LedgerSnapshot facts);

    static final class ReadsALaterStateForEachCall extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public TokenCounts tokenCounts(TimeSpan span) {
                    return truth.withSnapshot(newer -> newer.tokenCounts(span));
                }
            };
        }
    }

    static final class IsOneSnapshotBehind extends WrongSnapshot {

        private final AtomicReference<TokenCounts> before = new AtomicReference<>(TokenCounts.ZERO);

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public TokenCounts tokenCounts(TimeSpan span) {
                    return span.equals(SnapshotCall.ALL_TIME) ? before.getAndSet(facts.tokenCounts(span)) : facts.tokenCounts(span);
                }
            };
        }
    }

    static final class WrapsWhatIsThrown extends WrongSnapshot {

        @Override
        public <T> T withSnapshot(Function<LedgerSnapshot, T> questions) {
            return truth.withSnapshot(facts -> {
                try {
                    return questions.apply(facts);
                } catch (IllegalStateException failure) {
                    throw new IllegalStateException("the conversation failed", failure);
                }
            });
        }

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return facts;
        }
    }

    static final class AnswersAfterItsEnd extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public OptionalLong newestTokenId() {
                    return truth.withSnapshot(LedgerSnapshot::newestTokenId);
                }
            };
        }
    }

    static final class CutsDaysAtMidnight extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public Optional<DateRange> extent(DayStart dayStart) {
                    return facts.extent(DayStart.MIDNIGHT);
                }

                @Override
                public List<HourCounts> hourCounts(DayStart dayStart, DateRange days) {
                    return facts.hourCounts(DayStart.MIDNIGHT, days);
                }

                @Override
                public List<JoinCounts> joinCounts(DayStart dayStart) {
                    return facts.joinCounts(DayStart.MIDNIGHT);
                }

                @Override
                public void visitDays(
                        DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
                    facts.visitDays(DayStart.MIDNIGHT, span, afterUser, withNames, reader);
                }
            };
        }
    }

    static final class CountsTheEndOfASpan extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public TokenCounts tokenCounts(TimeSpan span) {
                    return facts.tokenCounts(longer(span));
                }

                @Override
                public List<Long> countVisitors(List<TimeSpan> spans) {
                    return spans.stream().map(span -> facts.countVisitors(List.of(longer(span))).getFirst()).toList();
                }

                @Override
                public long countJoined(TimeSpan span) {
                    return facts.countJoined(longer(span));
                }
            };
        }

        private static TimeSpan longer(TimeSpan span) {
            return span.to().equals(SnapshotCall.ALL_TIME.to()) ? span : new TimeSpan(span.from(), span.to().plusNanos(1_000));
        }
    }

    static final class CountsVisitsForVisitors extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public List<Long> countVisitors(List<TimeSpan> spans) {
                    return spans.stream().map(span -> facts.tokenCounts(span).used()).toList();
                }
            };
        }
    }

    static final class LosesUsersWithoutADate extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public List<JoinCounts> joinCounts(DayStart dayStart) {
                    return facts.joinCounts(dayStart).stream().filter(tally -> tally.day().isPresent()).toList();
                }
            };
        }
    }

    static final class TakesTheNumberOfTokensForTheNewest extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public OptionalLong newestTokenId() {
                    var issued = facts.tokenCounts(SnapshotCall.ALL_TIME).issued();
                    return issued == 0 ? OptionalLong.empty() : OptionalLong.of(issued);
                }
            };
        }
    }

    static final class CountsTokensOfAnyAge extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public void memberVisits(MemberVisitsCriteria question, Predicate<MemberVisits> reader) {
                    facts.memberVisits(upToNow(question), reader);
                }

                @Override
                public long countMembers(MemberVisitsCriteria question) {
                    return facts.countMembers(upToNow(question));
                }
            };
        }

        private static LedgerSnapshot.MemberVisitsCriteria upToNow(LedgerSnapshot.MemberVisitsCriteria question) {
            return new LedgerSnapshot.MemberVisitsCriteria(question.span(), question.countedTokens(), question.isActive(),
                    question.minVisits(),
                    question.order(), OptionalLong.empty(), question.after(), question.withNames());
        }
    }

    static final class ForgetsWhoIsUnknown extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public void memberVisits(MemberVisitsCriteria question, Predicate<MemberVisits> reader) {
                    facts.memberVisits(question, visits -> visits.member().isActive().isEmpty() || reader.test(visits));
                }

                @Override
                public void visitDays(
                        DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
                    facts.visitDays(dayStart, span, afterUser, withNames,
                            visits -> visits.member().isActive().isEmpty() || reader.test(visits));
                }
            };
        }
    }

    static final class GoesOnReading extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public void memberVisits(MemberVisitsCriteria question, Predicate<MemberVisits> reader) {
                    facts.memberVisits(question, visits -> {
                        var _ = reader.test(visits);
                        return true;
                    });
                }
            };
        }
    }

    static final class TellsNamesToEverybody extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public void memberVisits(MemberVisitsCriteria question, Predicate<MemberVisits> reader) {
                    facts.memberVisits(
                            new MemberVisitsCriteria(question.span(), question.countedTokens(), question.isActive(), question.minVisits(),
                                    question.order(), question.maxTokenId(), question.after(), true),
                            reader);
                }

                @Override
                public Optional<Member> member(long userId, boolean withName) {
                    return facts.member(userId, true);
                }
            };
        }
    }

    static final class TakesTheFirstVisitOfTheSpanForTheFirstOfAll extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public List<CohortCounts> cohortCounts(DayStart dayStart, Interval interval, TimeSpan span) {
                    return CohortCounts.of(truth.currentContents().tokens().values().stream().filter(isWithin(span)).toList(), dayStart,
                            interval,
                            SnapshotCall.ALL_TIME);
                }
            };
        }

        private static Predicate<Token> isWithin(TimeSpan span) {
            return token -> !token.createdAt().isBefore(span.from());
        }
    }

    static final class NamesTheLastSamples extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public List<DataQualityIssue> dataQualityIssues(TimeSpan span, Instant now) {
                    return facts.dataQualityIssues(span, now).stream()
                            .map(finding -> new DataQualityIssue(finding.kind(), finding.count(), finding.samples().reversed()))
                            .toList();
                }
            };
        }
    }

    static final class TakesTheNewestTokenForTheEndOfTheData extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public TokenFeed feed(Instant moment) {
                    return facts.feed(Instant.parse("9999-12-29T00:00:00Z"));
                }
            };
        }
    }

    static final class KnowsNobodyWithoutAToken extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public Optional<Member> member(long userId, boolean withName) {
                    return facts.member(userId, withName).filter(member -> hasAToken(facts, userId));
                }
            };
        }

        private static boolean hasAToken(LedgerSnapshot facts, long userId) {
            return !SnapshotCall
                    .<Visit>collect(SnapshotCall.NO_LIMIT, reader -> facts.visits(userId, SnapshotCall.ALL_TIME, Optional.empty(), reader))
                    .isEmpty();
        }
    }

    static final class TellsTheEarliestVisitFirst extends WrongSnapshot {

        @Override
        LedgerSnapshot corrupted(LedgerSnapshot facts) {
            return new DelegatingSnapshot(facts) {

                @Override
                public void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> reader) {
                    var visits = new ArrayList<Visit>();
                    facts.visits(userId, span, before, visits::add);
                    var _ = visits.reversed().stream().allMatch(reader);
                }
            };
        }
    }

    /** Right facts, for others to spoil. */
    private static class DelegatingSnapshot implements LedgerSnapshot {

        private final LedgerSnapshot facts;

        DelegatingSnapshot(LedgerSnapshot facts) {
            this.facts = facts;
        }

        @Override
        public SnapshotSource source() {
            return facts.source();
        }

        @Override
        public Optional<LedgerVersion> version() {
            return facts.version();
        }

        @Override
        public Optional<DateRange> extent(DayStart dayStart) {
            return facts.extent(dayStart);
        }

        @Override
        public List<HourCounts> hourCounts(DayStart dayStart, DateRange days) {
            return facts.hourCounts(dayStart, days);
        }

        @Override
        public TokenCounts tokenCounts(TimeSpan span) {
            return facts.tokenCounts(span);
        }

        @Override
        public List<Long> countVisitors(List<TimeSpan> spans) {
            return facts.countVisitors(spans);
        }

        @Override
        public List<JoinCounts> joinCounts(DayStart dayStart) {
            return facts.joinCounts(dayStart);
        }

        @Override
        public long countJoined(TimeSpan span) {
            return facts.countJoined(span);
        }

        @Override
        public OptionalLong newestTokenId() {
            return facts.newestTokenId();
        }

        @Override
        public void memberVisits(MemberVisitsCriteria question, Predicate<MemberVisits> reader) {
            facts.memberVisits(question, reader);
        }

        @Override
        public long countMembers(MemberVisitsCriteria question) {
            return facts.countMembers(question);
        }

        @Override
        public void visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
            facts.visitDays(dayStart, span, afterUser, withNames, reader);
        }

        @Override
        public List<CohortCounts> cohortCounts(DayStart dayStart, Interval interval, TimeSpan span) {
            return facts.cohortCounts(dayStart, interval, span);
        }

        @Override
        public List<DataQualityIssue> dataQualityIssues(TimeSpan span, Instant now) {
            return facts.dataQualityIssues(span, now);
        }

        @Override
        public TokenFeed feed(Instant moment) {
            return facts.feed(moment);
        }

        @Override
        public Optional<Member> member(long userId, boolean withName) {
            return facts.member(userId, withName);
        }

        @Override
        public void visits(long userId, TimeSpan span, Optional<VisitPosition> before, Predicate<Visit> reader) {
            facts.visits(userId, span, before, reader);
        }
    }
}
