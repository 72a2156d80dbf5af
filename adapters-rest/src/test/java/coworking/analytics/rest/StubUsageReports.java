package coworking.analytics.rest;

import coworking.analytics.application.port.in.UsageReports;
import coworking.analytics.domain.fact.PackedUserCounts;
import coworking.analytics.domain.fact.UserCounts;
import coworking.analytics.domain.report.DailyUsage;
import coworking.analytics.domain.report.UserVisits;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Answers what the test says. */
public record StubUsageReports(Supplier<DailyUsage> days, Supplier<UserVisits> users) implements UsageReports {

    /** The reports of a space where two days and one user are on record. */
    public static StubUsageReports typical() {
        return new StubUsageReports(
                () -> usage(LocalDate.of(2023, 2, 7), 12L, LocalDate.of(2023, 2, 8), 3L),
                () -> visits(new UserCounts(1, Optional.of(LocalDateTime.parse("2023-01-20T03:23:39.757813")), 6, 2)));
    }

    /** Reports that fail, both in the same way. */
    public static StubUsageReports failing(Supplier<RuntimeException> failure) {
        return new StubUsageReports(
                () -> {
                    throw failure.get();
                },
                () -> {
                    throw failure.get();
                });
    }

    public static DailyUsage usage() {
        return new DailyUsage(new TreeMap<>());
    }

    public static DailyUsage usage(LocalDate day, long visits) {
        return new DailyUsage(new TreeMap<>(Map.of(day, visits)));
    }

    public static DailyUsage usage(LocalDate day, long visits, LocalDate otherDay, long otherVisits) {
        return new DailyUsage(new TreeMap<>(Map.of(day, visits, otherDay, otherVisits)));
    }

    public static UserVisits visits(UserCounts... tallies) {
        var users = new PackedUserCounts.Builder();
        for (var tally : tallies) {
            users.add(tally);
        }
        return new UserVisits(users.build());
    }

    @Override
    public DailyUsage dailyUsage() {
        return days.get();
    }

    @Override
    public UserVisits userVisits() {
        return users.get();
    }
}
