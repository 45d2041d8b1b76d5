package dev.optr.workflow;

/** Whether a job that holds anything uses what somebody else could replace under its name. */
final class CallerPinRules {
  private final CallerReport report;

  CallerPinRules(CallerReport report) {
    this.report = report;
  }

  void check(CallerWorkflow workflow) {
    boolean shared =
        CallerYaml.value(workflow.root(), "env")
            .map(env -> CallerYaml.scalarsWith(env, CallerYaml::namesSecrets).findAny().isPresent())
            .orElse(false);
    for (CallerJob job : workflow.jobs()) {
      if (job.isOurs()) {
        boolean holds = shared || CallerSecretRules.holds(job);
        job.uses().stream()
            .filter(use -> !use.pinned() && (holds || use.isOurs()))
            .forEach(this::report);
      }
    }
  }

  private void report(CallerUse use) {
    report.add(
        CallerRule.UNPINNED,
        use.mark(),
        Printable.quoted(use.text())
            + (use.image()
                ? " can become another image, write its digest: '@sha256:' and 64 hex digits"
                : " can become another commit, write the commit's 40 hex digits behind '@', and the"
                    + " version as a comment"));
  }
}
