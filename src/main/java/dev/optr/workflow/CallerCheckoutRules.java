package dev.optr.workflow;

import java.util.List;
import java.util.stream.Stream;

/** What lies in the workspace of a job, and what of it can be taken. */
final class CallerCheckoutRules {
  private static final String CHECKOUT = "actions/checkout";
  private static final List<String> PRIVILEGED =
      List.of("workflow_run", "issue_comment", "pull_request_target");
  private static final List<String> HEADS =
      List.of("workflow_run.head", "pull_request.head", "head_ref", "refs/pull/", "/head");

  private final CallerWorkflow workflow;
  private final CallerReport report;

  CallerCheckoutRules(CallerWorkflow workflow, CallerReport report) {
    this.workflow = workflow;
    this.report = report;
  }

  void check() {
    workflow
        .on("pull_request_target")
        .ifPresent(
            trigger ->
                report.add(
                    CallerRule.TARGET,
                    trigger.mark(),
                    "'pull_request_target' gives a stranger's pull request secrets and a token that"
                        + " may write, and the Action refuses it; write 'pull_request'"));
    for (CallerJob job : workflow.jobs()) {
      for (CallerStep step : job.steps()) {
        checkCredentials(job, step);
        checkHead(job, step);
      }
    }
  }

  private void checkCredentials(CallerJob job, CallerStep step) {
    if (step.isAction(CHECKOUT)
        && (job.runsCandidates() || job.decides())
        && !step.input("persist-credentials").equals("false")) {
      report.add(
          CallerRule.CREDENTIALS,
          step.body().find("uses").map(YamlNode.Entry::mark).orElse(job.mark()),
          "%s leaves its token in the checkout, where %s; write 'persist-credentials: false' under 'with'"
              .formatted(
                  job.named(),
                  job.runsCandidates()
                      ? "what an agent wrote can read it"
                      : "any other step can push with it"));
    }
  }

  // Such events bring secrets and a token that may write, whoever made the pull request.
  private void checkHead(CallerJob job, CallerStep step) {
    boolean privileged = PRIVILEGED.stream().anyMatch(event -> workflow.on(event).isPresent());
    if (privileged && CallerSecretRules.holds(job) && takesHead(step)) {
      report.add(
          CallerRule.FORK_CHECKOUT,
          step.body().mark(),
          job.named()
              + " puts a stranger's files beside its secrets or its token, remove the step: the Action"
              + " fetches what it examines by itself");
    }
  }

  private static boolean takesHead(CallerStep step) {
    String script = CallerYaml.text(step.body(), "run");
    return step.isAction(CHECKOUT)
        ? Stream.of(step.input("ref"), step.input("repository"))
            .anyMatch(value -> HEADS.stream().anyMatch(value::contains))
        : script.contains("gh pr checkout") || script.contains("refs/pull/");
  }
}
