package dev.optr.workflow;

import java.util.regex.Pattern;

/** What makes GitHub's own record of a job say something else than happened. */
final class CallerJobRules {
  private static final String GATE = "optr/gate";
  private static final Pattern ALWAYS = Pattern.compile("\\balways\\s*\\(\\s*\\)");

  private final CallerReport report;

  CallerJobRules(CallerReport report) {
    this.report = report;
  }

  /** A job of that name, in whichever workflow, is a check of that name. */
  static void gateName(CallerWorkflow workflow, CallerReport report) {
    for (CallerJob job : workflow.jobs()) {
      CallerYaml.scalar(job.body(), "name")
          .filter(name -> name.text().strip().equalsIgnoreCase(GATE))
          .ifPresent(
              name ->
                  report.add(
                      CallerRule.JOB_NAME,
                      name.mark(),
                      job.named()
                          + " is named 'optr/gate' like the status, so that GitHub asks for both; write"
                          + " another name, as 'optr-run'"));
    }
  }

  void check(CallerWorkflow workflow) {
    for (CallerJob job : workflow.jobs()) {
      if (job.has(CallerRole.SELECT)) {
        checkAlways(job);
      }
      if (job.runsCandidates()) {
        job.steps().forEach(step -> checkFailure(job, step));
        new CallerVerifyRules(job, report).check();
      }
    }
  }

  private void checkAlways(CallerJob job) {
    if (!ALWAYS.matcher(CallerYaml.text(job.body(), "if")).find()) {
      report.add(
          CallerRule.ALWAYS,
          job.body().find("if").map(YamlNode.Entry::mark).orElse(job.mark()),
          job.named()
              + " is skipped where a job before it failed or was cancelled, which GitHub counts as"
              + " passed, and the gate stays pending; write 'always()' in its 'if'");
    }
  }

  private void checkFailure(CallerJob job, CallerStep step) {
    if (CallerYaml.text(step.body(), "name").startsWith(CallerVerifyRules.STEP)) {
      step.body()
          .find("continue-on-error")
          .filter(entry -> !CallerYaml.text(step.body(), "continue-on-error").equals("false"))
          .ifPresent(
              entry ->
                  report.add(
                      CallerRule.HIDDEN_FAILURE,
                      entry.mark(),
                      job.named()
                          + " has 'continue-on-error' at a step that decides, which makes its failure a"
                          + " success in GitHub's record; remove it"));
    }
  }
}
