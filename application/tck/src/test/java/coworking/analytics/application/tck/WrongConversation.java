package coworking.analytics.application.tck;

import coworking.analytics.application.port.out.Facts;
import coworking.analytics.application.port.out.Version;
import coworking.analytics.domain.CohortTally;
import coworking.analytics.domain.DayStart;
import coworking.analytics.domain.Days;
import coworking.analytics.domain.Finding;
import coworking.analytics.domain.HourTally;
import coworking.analytics.domain.Interval;
import coworking.analytics.domain.JoinTally;
import coworking.analytics.domain.Member;
import coworking.analytics.domain.MemberVisits;
import coworking.analytics.domain.TimeSpan;
import coworking.analytics.domain.Token;
import coworking.analytics.domain.Usage;
import coworking.analytics.domain.Visit;
import coworking.analytics.domain.VisitDays;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/** A ledger whose conversations go wrong in one way that somebody's might; everything else about it is right. */
abstract class WrongConversation extends WrongLedger {

    @Override
    public <T> T converse(Function<Facts, T> questions) {
        return truth.converse(facts -> questions.apply(spoilt(facts)));
    }

    /** What this ledger makes of right facts. */
    abstract Facts spoilt(Facts facts);

    static final class LooksAgainForEachQuestion extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public Usage usage(TimeSpan span) {
                    return truth.converse(newer -> newer.usage(span));
                }
            };
        }
    }

    static final class IsOneConversationBehind extends WrongConversation {

        private final AtomicReference<Usage> before = new AtomicReference<>(Usage.NONE);

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public Usage usage(TimeSpan span) {
                    return span.equals(Question.ALWAYS) ? before.getAndSet(facts.usage(span)) : facts.usage(span);
                }
            };
        }
    }

    static final class WrapsWhatIsThrown extends WrongConversation {

        @Override
        public <T> T converse(Function<Facts, T> questions) {
            return truth.converse(facts -> {
                try {
                    return questions.apply(facts);
                } catch (IllegalStateException failure) {
                    throw new IllegalStateException("the conversation failed", failure);
                }
            });
        }

        @Override
        Facts spoilt(Facts facts) {
            return facts;
        }
    }

    static final class AnswersAfterItsEnd extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public OptionalLong newestToken() {
                    return truth.converse(Facts::newestToken);
                }
            };
        }
    }

    static final class CutsDaysAtMidnight extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public Optional<Days> extent(DayStart dayStart) {
                    return facts.extent(DayStart.MIDNIGHT);
                }

                @Override
                public List<HourTally> hourTallies(DayStart dayStart, Days days) {
                    return facts.hourTallies(DayStart.MIDNIGHT, days);
                }

                @Override
                public List<JoinTally> joins(DayStart dayStart) {
                    return facts.joins(DayStart.MIDNIGHT);
                }

                @Override
                public void visitDays(
                        DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
                    facts.visitDays(DayStart.MIDNIGHT, span, afterUser, withNames, reader);
                }
            };
        }
    }

    static final class CountsTheEndOfASpan extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public Usage usage(TimeSpan span) {
                    return facts.usage(longer(span));
                }

                @Override
                public List<Long> visitors(List<TimeSpan> spans) {
                    return spans.stream().map(span -> facts.visitors(List.of(longer(span))).getFirst()).toList();
                }

                @Override
                public long joined(TimeSpan span) {
                    return facts.joined(longer(span));
                }
            };
        }

        private static TimeSpan longer(TimeSpan span) {
            return span.to().equals(Question.ALWAYS.to()) ? span : new TimeSpan(span.from(), span.to().plusNanos(1_000));
        }
    }

    static final class CountsVisitsForVisitors extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public List<Long> visitors(List<TimeSpan> spans) {
                    return spans.stream().map(span -> facts.usage(span).used()).toList();
                }
            };
        }
    }

    static final class LosesUsersWithoutADate extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public List<JoinTally> joins(DayStart dayStart) {
                    return facts.joins(dayStart).stream().filter(tally -> tally.day().isPresent()).toList();
                }
            };
        }
    }

    static final class TakesTheNumberOfTokensForTheNewest extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public OptionalLong newestToken() {
                    var issued = facts.usage(Question.ALWAYS).issued();
                    return issued == 0 ? OptionalLong.empty() : OptionalLong.of(issued);
                }
            };
        }
    }

    static final class CountsTokensOfAnyAge extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader) {
                    facts.memberVisits(upToNow(question), reader);
                }

                @Override
                public long countMembers(MemberQuestion question) {
                    return facts.countMembers(upToNow(question));
                }
            };
        }

        private static Facts.MemberQuestion upToNow(Facts.MemberQuestion question) {
            return new Facts.MemberQuestion(question.span(), question.count(), question.isActive(), question.leastVisits(),
                    question.order(), OptionalLong.empty(), question.after(), question.withNames());
        }
    }

    static final class ForgetsWhoIsUnknown extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader) {
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

    static final class GoesOnReading extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader) {
                    facts.memberVisits(question, visits -> {
                        var _ = reader.test(visits);
                        return true;
                    });
                }
            };
        }
    }

    static final class TellsNamesToEverybody extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader) {
                    facts.memberVisits(
                            new MemberQuestion(question.span(), question.count(), question.isActive(), question.leastVisits(),
                                    question.order(), question.upTo(), question.after(), true),
                            reader);
                }

                @Override
                public Optional<Member> member(long userId, boolean withName) {
                    return facts.member(userId, true);
                }
            };
        }
    }

    static final class TakesTheFirstVisitOfTheSpanForTheFirstOfAll extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public List<CohortTally> cohorts(DayStart dayStart, Interval interval, TimeSpan span) {
                    return CohortTally.of(truth.reach().tokens().values().stream().filter(isWithin(span)).toList(), dayStart, interval,
                            Question.ALWAYS);
                }
            };
        }

        private static Predicate<Token> isWithin(TimeSpan span) {
            return token -> !token.createdAt().isBefore(span.from());
        }
    }

    static final class NamesTheLastSamples extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public List<Finding> findings(TimeSpan span) {
                    return facts.findings(span).stream()
                            .map(finding -> new Finding(finding.kind(), finding.count(), finding.samples().reversed()))
                            .toList();
                }
            };
        }
    }

    static final class KnowsNobodyWithoutAToken extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

                @Override
                public Optional<Member> member(long userId, boolean withName) {
                    return facts.member(userId, withName).filter(member -> hasAToken(facts, userId));
                }
            };
        }

        private static boolean hasAToken(Facts facts, long userId) {
            return !Question.<Visit>read(Question.ALL, reader -> facts.visits(userId, Question.ALWAYS, Optional.empty(), reader)).isEmpty();
        }
    }

    static final class TellsTheEarliestVisitFirst extends WrongConversation {

        @Override
        Facts spoilt(Facts facts) {
            return new Right(facts) {

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
    private static class Right implements Facts {

        private final Facts facts;

        Right(Facts facts) {
            this.facts = facts;
        }

        @Override
        public Source source() {
            return facts.source();
        }

        @Override
        public Optional<Version> version() {
            return facts.version();
        }

        @Override
        public Optional<Days> extent(DayStart dayStart) {
            return facts.extent(dayStart);
        }

        @Override
        public List<HourTally> hourTallies(DayStart dayStart, Days days) {
            return facts.hourTallies(dayStart, days);
        }

        @Override
        public Usage usage(TimeSpan span) {
            return facts.usage(span);
        }

        @Override
        public List<Long> visitors(List<TimeSpan> spans) {
            return facts.visitors(spans);
        }

        @Override
        public List<JoinTally> joins(DayStart dayStart) {
            return facts.joins(dayStart);
        }

        @Override
        public long joined(TimeSpan span) {
            return facts.joined(span);
        }

        @Override
        public OptionalLong newestToken() {
            return facts.newestToken();
        }

        @Override
        public void memberVisits(MemberQuestion question, Predicate<MemberVisits> reader) {
            facts.memberVisits(question, reader);
        }

        @Override
        public long countMembers(MemberQuestion question) {
            return facts.countMembers(question);
        }

        @Override
        public void visitDays(DayStart dayStart, TimeSpan span, OptionalLong afterUser, boolean withNames, Predicate<VisitDays> reader) {
            facts.visitDays(dayStart, span, afterUser, withNames, reader);
        }

        @Override
        public List<CohortTally> cohorts(DayStart dayStart, Interval interval, TimeSpan span) {
            return facts.cohorts(dayStart, interval, span);
        }

        @Override
        public List<Finding> findings(TimeSpan span) {
            return facts.findings(span);
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
