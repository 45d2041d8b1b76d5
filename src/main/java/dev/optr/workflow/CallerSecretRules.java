package dev.optr.workflow;

import java.util.List;
import java.util.Optional;

/** Keys and tokens must not be where code runs that an agent wrote. */
final class CallerSecretRules {
  private static final List<String> TOKEN_NAMES = List.of("GITHUB_TOKEN", "GH_TOKEN");

  private final CallerPolicy policy;
  private final CallerReport report;

  CallerSecretRules(CallerPolicy policy, CallerReport report) {
    this.policy = policy;
    this.report = report;
  }

  /** Whether a job has a secret or a token that may write. */
  static boolean holds(CallerJob job) {
    return job.permissions().mayWrite()
        || job.body().find("secrets").isPresent()
        || CallerYaml.scalarsWith(job.body(), CallerYaml::namesSecrets).findAny().isPresent();
  }

  void check(CallerWorkflow workflow) {
    boolean verifies = workflow.jobs().stream().anyMatch(CallerJob::runsCandidates);
    if (verifies) {
      CallerYaml.mapping(workflow.root(), "env").ifPresent(this::checkShared);
    }
    for (CallerJob job : workflow.jobs()) {
      if (job.runsCandidates()) {
        checkVerifying(job);
      }
      if (job.has(CallerRole.CALL)) {
        checkInherited(job);
      }
      job.steps().stream()
          .filter(step -> step.role() == CallerRole.WHOLE)
          .forEach(this::checkSigning);
    }
  }

  private void checkShared(YamlNode.Mapping env) {
    String where = "'env' of the workflow reaches a job that";
    checkTokens(env, where);
    CallerYaml.scalarsWith(env, CallerSecretRules::namesOtherSecrets)
        .forEach(scalar -> reportSecret(scalar.mark(), where));
  }

  private void checkVerifying(CallerJob job) {
    CallerYaml.mapping(job.body(), "env").ifPresent(env -> checkTokens(env, job.named()));
    for (CallerStep step : job.steps()) {
      CallerYaml.mapping(step.body(), "env").ifPresent(env -> checkTokens(env, job.named()));
      CallerYaml.scalar(step.body(), "run")
          .filter(run -> CallerYaml.namesToken(run.text()))
          .ifPresent(run -> reportToken(run.mark(), job.named()));
    }
    CallerYaml.scalarsWith(job.body(), CallerSecretRules::namesOtherSecrets)
        .forEach(scalar -> reportSecret(scalar.mark(), job.named()));
  }

  private void checkTokens(YamlNode.Mapping env, String where) {
    for (YamlNode.Entry entry : env.entries()) {
      String value = entry.value() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
      if (CallerYaml.namesToken(value) || TOKEN_NAMES.contains(entry.key())) {
        reportToken(entry.mark(), where);
      }
    }
  }

  private static boolean namesOtherSecrets(String text) {
    return CallerYaml.namesSecrets(text) && !CallerYaml.namesToken(text);
  }

  private void reportToken(Mark mark, String where) {
    report.add(
        CallerRule.VERIFY_TOKEN,
        mark,
        where + " runs what an agent wrote and would hand it the job's token, remove it");
  }

  private void reportSecret(Mark mark, String where) {
    report.add(
        CallerRule.VERIFY_SECRETS,
        mark,
        where + " runs what an agent wrote and would hand it a secret, remove it");
  }

  private void checkInherited(CallerJob job) {
    CallerYaml.scalar(job.body(), "secrets")
        .filter(secrets -> secrets.text().equals("inherit"))
        .ifPresent(
            secrets ->
                report.add(
                    CallerRule.INHERIT,
                    secrets.mark(),
                    job.named()
                        + " hands on every secret of the repository, and none under the names that are"
                        + " read; write each, as 'openai-api-key: ${{ secrets.OPENAI_API_KEY }}'"));
  }

  private void checkSigning(CallerStep step) {
    Optional<Integer> commands =
        policy
            .of(step.input("workflow"))
            .map(workflow -> workflow.invariants().size())
            .filter(count -> count > 0);
    Optional<YamlNode.Entry> key =
        step.entry("signing-key").filter(entry -> !step.input("signing-key").isEmpty());
    if (commands.isPresent() && key.isPresent()) {
      report.add(
          CallerRule.SIGNING,
          key.get().mark(),
          "'signing-key' is in the job that runs the commands of 'invariants' (%d in %s) on what agents"
                  .formatted(commands.get(), policy.file())
              + " wrote; write the three-job form, where select alone has the key");
    }
  }
}
