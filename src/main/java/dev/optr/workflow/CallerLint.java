package dev.optr.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at workflows that call the Action, the parts of it or its reusable workflow (docs/lint.md).
 * Nothing is asked of anybody; whatever the bytes are, the result is findings.
 */
public final class CallerLint {
  private static final String NAME = "optr-executor";
  private static final String WORD = "optr";
  private static final Map<String, CallerUse.Part> OWN =
      Map.of(
          "./", CallerUse.Part.ACTION,
          ".", CallerUse.Part.ACTION,
          "./apply", CallerUse.Part.APPLY,
          "./.github/workflows/optr.yml", CallerUse.Part.WORKFLOW);

  private final Map<String, CallerUse.Part> own;

  private CallerLint(Map<String, CallerUse.Part> own) {
    this.own = own;
  }

  /** For a repository that uses the Action. */
  public static CallerLint ofUsers() {
    return new CallerLint(Map.of());
  }

  /** For the Action's own repository, where {@code ./} is it too. */
  public static CallerLint ofOwnRepository() {
    return new CallerLint(OWN);
  }

  /**
   * What is wrong, file by file in the order given, in a file by place. Files that have nothing to
   * do with the Action are silent, unless a job of theirs bears the gate's name.
   *
   * @param policy the repository's own workflow file; null = unknown, so that rules about it rest
   * @param policyFile its path from the root
   */
  public List<CallerFinding> check(
      List<CallerFile> files, @Nullable Workflow policy, String policyFile) {
    CallerPolicy known = new CallerPolicy(policy, policyFile);
    Map<CallerReport, CallerWorkflow> read = new LinkedHashMap<>();
    List<CallerReport> reports = new ArrayList<>();
    for (CallerFile file : files) {
      CallerReport report = new CallerReport(file.name());
      reports.add(report);
      read(file, report).ifPresent(workflow -> read.put(report, workflow));
    }
    read.forEach((report, workflow) -> check(workflow, known, report));
    new CallerTriggerRules(read).check();
    return reports.stream().flatMap(report -> report.findings().stream()).toList();
  }

  private static void check(CallerWorkflow workflow, CallerPolicy policy, CallerReport report) {
    CallerJobRules.gateName(workflow, report);
    if (!workflow.callsUs()) {
      return;
    }
    new CallerPermissionRules(policy, report).check(workflow);
    new CallerPinRules(report).check(workflow);
    new CallerConcurrencyRules(workflow, report).check();
    new CallerSecretRules(policy, report).check(workflow);
    new CallerCheckoutRules(workflow, report).check();
    new CallerJobRules(report).check(workflow);
    new CallerInputRules(report).check(workflow);
  }

  private Optional<CallerWorkflow> read(CallerFile file, CallerReport report) {
    String text = file.source().utf8();
    if (own.isEmpty() && !text.contains(WORD)) {
      return Optional.empty();
    }
    Findings findings = new Findings(file.name());
    YamlNode root = new YamlReader(findings).read(file.source());
    if (text.contains(NAME)) {
      findings.each((mark, message) -> report.add(CallerRule.UNREADABLE, mark, message));
    }
    return root instanceof YamlNode.Mapping mapping
        ? Optional.of(CallerWorkflow.of(mapping, own))
        : Optional.empty();
  }
}
