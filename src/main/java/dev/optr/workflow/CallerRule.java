package dev.optr.workflow;

/**
 * What is looked for in a workflow that calls the Action. An error is what keeps the Action from
 * working, or hands a key, a token or the gate to somebody who must not have it; a warning is what
 * works and is perhaps not meant. docs/lint.md has each with its reason.
 */
enum CallerRule {
  UNREADABLE("unreadable", CallerFinding.Severity.ERROR),
  TARGET("pull-request-target", CallerFinding.Severity.ERROR),
  FORK_CHECKOUT("fork-checkout", CallerFinding.Severity.ERROR),
  PERMISSIONS("permissions", CallerFinding.Severity.ERROR),
  WRITE_ALL("write-all", CallerFinding.Severity.ERROR),
  UNPINNED("unpinned", CallerFinding.Severity.ERROR),
  CREDENTIALS("persisted-credentials", CallerFinding.Severity.ERROR),
  CONCURRENCY("no-concurrency", CallerFinding.Severity.ERROR),
  CANCELS("cancel-in-progress", CallerFinding.Severity.ERROR),
  GROUP("concurrency-group", CallerFinding.Severity.ERROR),
  VERIFY_SECRETS("secrets-in-verify", CallerFinding.Severity.ERROR),
  VERIFY_TOKEN("token-in-verify", CallerFinding.Severity.ERROR),
  VERIFY_WRITES("writes-in-verify", CallerFinding.Severity.ERROR),
  INHERIT("secrets-inherit", CallerFinding.Severity.ERROR),
  SIGNING("signing-key-with-commands", CallerFinding.Severity.ERROR),
  JOB_NAME("job-name", CallerFinding.Severity.ERROR),
  ALWAYS("select-always", CallerFinding.Severity.ERROR),
  HIDDEN_FAILURE("continue-on-error", CallerFinding.Severity.ERROR),
  CACHE("cache-in-verify", CallerFinding.Severity.ERROR),
  INPUT("unknown-input", CallerFinding.Severity.ERROR),
  NEEDED("missing-input", CallerFinding.Severity.ERROR),
  VALUE("input-value", CallerFinding.Severity.ERROR),
  VERIFY_NAMES("verify-names", CallerFinding.Severity.WARNING),
  VERIFY_COMMIT("verify-commit", CallerFinding.Severity.WARNING),
  NEEDLESS("needless-permission", CallerFinding.Severity.WARNING),
  TRIGGER("missing-trigger", CallerFinding.Severity.WARNING),
  IGNORED("ignored-trigger", CallerFinding.Severity.WARNING),
  QUEUE("queue", CallerFinding.Severity.WARNING),
  FILTER("path-filter", CallerFinding.Severity.WARNING);

  private final String id;
  private final CallerFinding.Severity severity;

  CallerRule(String id, CallerFinding.Severity severity) {
    this.id = id;
    this.severity = severity;
  }

  String id() {
    return id;
  }

  CallerFinding.Severity severity() {
    return severity;
  }
}
