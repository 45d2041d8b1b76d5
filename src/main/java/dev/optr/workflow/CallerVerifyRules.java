package dev.optr.workflow;

import java.util.List;
import java.util.Optional;

/** What a job must be like so that its end is evidence, of its own row alone. */
final class CallerVerifyRules {
  /** What names of steps that decide begin with. */
  static final String STEP = "optr:";

  private static final List<String> SAVING = List.of("actions/cache", "actions/cache/save");
  private static final List<String> SAVING_WHERE_ASKED =
      List.of("actions/setup-node", "actions/setup-java", "actions/setup-python");
  private static final List<String> SAVING_UNLESS_TOLD =
      List.of("actions/setup-go", "gradle/actions/setup-gradle");

  private final CallerJob job;
  private final CallerReport report;

  CallerVerifyRules(CallerJob job, CallerReport report) {
    this.job = job;
    this.report = report;
  }

  void check() {
    checkNames();
    for (CallerStep step : job.steps()) {
      checkCommit(step);
      if (savesCache(step)) {
        report.add(
            CallerRule.CACHE,
            mark(step),
            job.named()
                + " saves a cache behind what an agent wrote, and the jobs of other rows restore it;"
                + " remove it, or write 'actions/cache/restore'");
      }
    }
  }

  private void checkNames() {
    if (!CallerYaml.text(job.body(), "name").contains("matrix.name")) {
      report.add(
          CallerRule.VERIFY_NAMES,
          job.mark(),
          job.named() + " is not found by its name, write 'name: ${{ matrix.name }}'");
    }
    boolean decides =
        job.steps().stream()
            .anyMatch(step -> CallerYaml.text(step.body(), "name").startsWith(STEP));
    if (!decides) {
      report.add(
          CallerRule.VERIFY_NAMES,
          job.mark(),
          job.named()
              + " has no step that decides, write 'name: \"optr: ${{ matrix.steps[0].id }}\"' at the one"
              + " that runs the command");
    }
  }

  private void checkCommit(CallerStep step) {
    if (step.isAction("actions/checkout") && step.input("ref").isEmpty()) {
      report.add(
          CallerRule.VERIFY_COMMIT,
          mark(step),
          job.named()
              + " checks out a merge commit on 'pull_request', which 'apply' refuses; write 'ref: ${{"
              + " matrix.commit }}' under 'with'");
    }
  }

  private static boolean savesCache(CallerStep step) {
    boolean asked =
        SAVING_WHERE_ASKED.stream().anyMatch(step::isAction)
            && !step.input("cache").isEmpty()
            && !step.input("cache").equals("false");
    boolean told =
        step.input("cache").equals("false")
            || step.input("cache-disabled").equals("true")
            || step.input("cache-read-only").equals("true");
    return SAVING.stream().anyMatch(step::isAction)
        || asked
        || (SAVING_UNLESS_TOLD.stream().anyMatch(step::isAction) && !told);
  }

  private Mark mark(CallerStep step) {
    return Optional.ofNullable(step.use()).map(CallerUse::mark).orElse(job.mark());
  }
}
