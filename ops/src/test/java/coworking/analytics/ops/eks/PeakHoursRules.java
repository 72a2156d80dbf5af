package coworking.analytics.ops.eks;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What holds for the autoscaler's floor, played minute by minute through a week that begins on Sunday. */
final class PeakHoursRules {

    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int WEEK = 7 * DAY;
    private static final Pattern FLOOR = Pattern.compile("--patch=\\{\"spec\":\\{\"minReplicas\":(\\d)}}");

    private final Manifests manifests;
    private final List<String> faults = new ArrayList<>();

    private PeakHoursRules(Manifests manifests) {
        this.manifests = manifests;
    }

    static List<String> faults(Manifests manifests) {
        var rules = new PeakHoursRules(manifests);
        rules.owner();
        rules.week();
        rules.jobs();
        rules.rights();
        return List.copyOf(rules.faults);
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }

    private void owner() {
        demand(manifests.only(HorizontalPodAutoscaler.class).getSpec().getMinReplicas() == null,
                "the manifest owns the floor: every apply would undo what the jobs set");
    }

    /** For each minute of the week the floor that a run due then sets, or 0. */
    private int[] runs() {
        var runs = new int[WEEK];
        for (var job : manifests.all(CronJob.class)) {
            var schedule = Cron.of(job.getSpec().getSchedule());
            for (int minute = 0; minute < WEEK; minute++) {
                if (schedule.isDue(minute / DAY, minute % DAY / HOUR, minute % HOUR)) {
                    runs[minute] = floor(job);
                }
            }
        }
        return runs;
    }

    private static int floor(CronJob job) {
        return container(job).getArgs().stream().map(FLOOR::matcher).filter(matcher -> matcher.matches()).findFirst()
                .map(matcher -> Integer.parseInt(matcher.group(1))).orElseThrow();
    }

    private static Container container(CronJob job) {
        return job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    private static boolean isPeak(int minute) {
        var day = minute / DAY;
        var hour = minute % DAY / HOUR;
        return day >= 1 && day <= 5 && hour >= 8 && hour < 18;
    }

    /** The first of two weeks only finds out what the second begins with. */
    private void week() {
        var runs = runs();
        var floor = 0;
        var since = 0;
        for (int minute = 0; minute < 2 * WEEK; minute++) {
            var now = minute % WEEK;
            if (runs[now] != 0) {
                floor = runs[now];
                since = minute;
            }
            if (minute >= WEEK && floor != (isPeak(now) ? 2 : 1)) {
                faults.add("the floor is " + floor + " on day " + now / DAY + " at " + now % DAY / HOUR + ":" + now % HOUR);
                return;
            }
            if (minute >= WEEK && isPeak(now) && minute - since >= 10) {
                faults.add("what an apply undoes in peak hours stays undone for more than ten minutes");
                return;
            }
        }
    }

    private void jobs() {
        var late = 0L;
        for (var job : manifests.all(CronJob.class)) {
            var spec = job.getSpec();
            demand(ZoneId.getAvailableZoneIds().contains(spec.getTimeZone()), "there is no time zone " + spec.getTimeZone());
            demand("Forbid".equals(spec.getConcurrencyPolicy()), "runs may overtake each other");
            demand(spec.getJobTemplate().getSpec().getTtlSecondsAfterFinished() != null, "ended jobs stay for ever");
            demand(container(job).getArgs().subList(0, 3)
                    .equals(List.of("patch", "horizontalpodautoscaler", manifests.only(HorizontalPodAutoscaler.class).getMetadata()
                            .getName())),
                    "a job patches something else");
            late = Math.max(late, spec.getStartingDeadlineSeconds() + spec.getJobTemplate().getSpec().getActiveDeadlineSeconds());
        }
        demand(manifests.all(CronJob.class).stream().map(job -> job.getSpec().getTimeZone()).distinct().count() == 1,
                "raising and lowering follow different clocks");
        demand(late < shortestChange() * 60L, "a late run may undo the next one's floor");
    }

    /** Minutes between a run and the next one that says something else. */
    private int shortestChange() {
        var runs = runs();
        var shortest = WEEK;
        var last = 0;
        for (int minute = 1; minute < WEEK; minute++) {
            if (runs[minute] != 0) {
                shortest = runs[last] != 0 && runs[last] != runs[minute] ? Math.min(shortest, minute - last) : shortest;
                last = minute;
            }
        }
        return shortest;
    }

    private void rights() {
        var rule = manifests.only(Role.class).getRules();
        demand(rule.size() == 1
                && rule.getFirst().getApiGroups().equals(List.of("autoscaling"))
                && rule.getFirst().getResources().equals(List.of("horizontalpodautoscalers"))
                && rule.getFirst().getResourceNames().equals(List.of("coworking"))
                && rule.getFirst().getVerbs().equals(List.of("get", "patch")), "the jobs may do more, or less, than patch one autoscaler");
        var binding = manifests.only(RoleBinding.class);
        demand(binding.getRoleRef().getName().equals(manifests.only(Role.class).getMetadata().getName()), "another role is bound");
        for (var job : manifests.all(CronJob.class)) {
            var template = job.getSpec().getJobTemplate().getSpec().getTemplate();
            var account = template.getSpec().getServiceAccountName();
            demand(manifests.named(ServiceAccount.class, account) != null
                    && binding.getSubjects().stream().allMatch(subject -> subject.getName().equals(account)),
                    "the role is bound to others");
            demand(Boolean.TRUE.equals(template.getSpec().getAutomountServiceAccountToken()), "the jobs have no token");
            demand(manifests.all(NetworkPolicy.class).stream()
                    .filter(policy -> policy.getSpec().getPodSelector().getMatchLabels() != null
                            && !policy.getSpec().getPodSelector().getMatchLabels().isEmpty()
                            && template.getMetadata().getLabels().entrySet()
                                    .containsAll(policy.getSpec().getPodSelector().getMatchLabels().entrySet()))
                    .flatMap(policy -> policy.getSpec().getEgress().stream())
                    .flatMap(egress -> egress.getPorts().stream())
                    .anyMatch(port -> Integer.valueOf(443).equals(port.getPort().getIntVal())), "the jobs may not reach the API server");
        }
    }
}
