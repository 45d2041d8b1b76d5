package dev.optr.workflow;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * What this version cannot honour: a switch whose room is not built is refused by name, never
 * ignored. Whatever equals its default passes.
 */
public final class Supported {
  private static final String SELECTOR = Defaults.SELECTOR;

  private final Workflow workflow;
  private final YamlNode root;
  private final Findings findings;

  private Supported(Workflow workflow, YamlNode root, Findings findings) {
    this.workflow = workflow;
    this.root = root;
    this.findings = findings;
  }

  /**
   * One message per key that is refused, {@code file:line:column: ...}, sorted by place; empty
   * where everything can be honoured.
   *
   * @param fileName as messages name it
   */
  public static List<String> check(Workflow workflow, String fileName) {
    Findings findings = new Findings(fileName);
    YamlNode root = new YamlReader(new Findings(fileName)).read(workflow.source());
    YamlNode nothing = new YamlNode.Mapping(Mark.START, List.of());
    Supported supported = new Supported(workflow, root == null ? nothing : root, findings);
    supported.checkAgents();
    supported.checkFlow();
    supported.checkSelection();
    supported.checkRecords();
    return findings.messages();
  }

  private void checkAgents() {
    each(
        workflow.agents(),
        "agents",
        (path, spec) -> {
          OidcMembers.check(spec, path + ".oidc", root, findings);
          if (spec.type() == AgentType.GITHUB_COPILOT) {
            checkCopilot(spec, path);
          }
        });
  }

  private void checkCopilot(AgentSpec spec, String path) {
    boolean program = "cli".equals(spec.backend());
    // What a task takes is told when it has ended, so no limit of tokens or turns could be kept.
    refuse(!program && spec.budget().tokens() != null, path + ".budget.tokens");
    refuse(!program && spec.turns() != Defaults.TURNS, path + ".turns");
    // A task reads the repository by itself.
    refuse(!program && !spec.exclude().isEmpty(), path + ".context.exclude");
    // A program finds its service by itself, and makes no branch.
    refuse(program && spec.endpoint() != null, path + ".endpoint");
    refuse(program && spec.deleteBranch(), path + ".deleteBranch", "true");
  }

  private void checkFlow() {
    refuse(workflow.serial().order() == Workflow.Serial.Order.EXPECTED, "serial.order", "expected");
    refuse(workflow.serial().share() == Workflow.Serial.Share.FINDINGS, "serial.share", "findings");
  }

  private void checkSelection() {
    Workflow.Optr optr = workflow.optr();
    refuse(!optr.command().isEmpty(), "optr.selector.command");
    if (optr.command().isEmpty() && !SELECTOR.equals(optr.selector())) {
      findings.add(
          YamlPath.mark(root, "optr.selector"),
          "'optr' names the selector "
              + Printable.quoted(String.valueOf(optr.selector()))
              + ", there is '"
              + SELECTOR
              + "'"
              + Suggestion.near(String.valueOf(optr.selector()), List.of(SELECTOR)));
    }
    refuse(optr.bounds().probability() != null, "optr.bounds.probability");
  }

  private void checkRecords() {
    if (workflow.anchor() != Workflow.Anchor.PULL_REQUEST
        && workflow.ledger().log() != Workflow.LedgerSettings.Log.OFF) {
      // The anchor log moves together with a branch of people, and here none moves.
      findings.add(
          YamlPath.mark(root, "ledger.log"),
          "'ledger.log' needs 'anchor: pull-request': the side branch keeps every anchor itself");
    }
    // Without 'auditable' digests alone are kept: one cause, one message.
    refuse(
        workflow.auditable() && workflow.transcripts() == Workflow.Transcripts.DIGEST,
        "transcripts",
        "digest");
    refuse(!workflow.auditable(), "auditable", "false");
  }

  private void refuse(boolean given, String path) {
    if (given) {
      findings.add(YamlPath.mark(root, path), "'" + path + "' is not supported by this version");
    }
  }

  private void refuse(boolean given, String path, String value) {
    if (given) {
      findings.add(
          YamlPath.mark(root, path),
          "'" + path + ": " + value + "' is not supported by this version");
    }
  }

  private static <T> void each(List<T> items, String key, BiConsumer<String, T> check) {
    IntStream.range(0, items.size()).forEach(i -> check.accept(key + "[" + i + "]", items.get(i)));
  }
}
