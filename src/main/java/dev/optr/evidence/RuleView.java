package dev.optr.evidence;

import dev.optr.agents.Usage;
import dev.optr.base.Bytes;
import dev.optr.git.TreeDiff;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentSource;
import dev.optr.rules.RuleFacts;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules see of a path: neither names nor what the agent says of itself.
 *
 * @param checks ids of all checks that a rule may name
 */
record RuleView(Intent intent, Set<String> checks) {
  // The frozen commit changes nothing against itself, and nobody was paid for it.
  private static final TreeDiff NO_CHANGE = new TreeDiff(List.of(), Bytes.utf8(""));
  private static final RuleFacts.Usage NOTHING_PAID = new RuleFacts.Usage(0L, 0L, BigDecimal.ZERO);

  RuleView {
    checks = Set.copyOf(checks);
  }

  /**
   * @param found results that exist so far; the others are not known
   */
  RuleFacts ofPath(Facts facts, List<Finding> found) {
    Usage usage = facts.usage();
    return facts(
        facts.diff(),
        facts.risk(),
        new RuleFacts.Usage(usage.inputTokens(), usage.outputTokens(), usage.usd()),
        found);
  }

  /** The frozen commit as an empty change. */
  RuleFacts ofHead(List<Finding> found) {
    return facts(NO_CHANGE, Risk.of(NO_CHANGE), NOTHING_PAID, found);
  }

  private RuleFacts facts(TreeDiff diff, Risk risk, RuleFacts.Usage usage, List<Finding> found) {
    Map<String, String> results = results(found);
    Set<String> open = new HashSet<>(checks);
    open.removeAll(results.keySet());
    return new RuleFacts(
        new RuleFacts.Candidate(
            diff.files().stream().map(RuleView::file).toList(),
            diff.additions(),
            diff.deletions(),
            diff.changedLines(),
            diff.changedBytes(),
            risk.score(),
            risk.features().stream().map(Risk.Feature::id).toList(),
            usage,
            tests(found),
            results,
            open),
        intentFacts());
  }

  /** A check that did not run says nothing. */
  private Map<String, String> results(List<Finding> found) {
    Map<String, String> results = new HashMap<>();
    found.stream()
        .map(Finding::check)
        .filter(check -> checks.contains(check.id()))
        .filter(check -> check.result() != Check.Result.NOT_RUN)
        .forEach(check -> results.put(check.id(), check.result().name().toLowerCase(Locale.ROOT)));
    return results;
  }

  /** Added up over all commands; null where none counted any. */
  private static RuleFacts.@Nullable Tests tests(List<Finding> found) {
    List<Check.Tests> counted =
        found.stream()
            .flatMap(finding -> Optional.ofNullable(finding.check().command()).stream())
            .flatMap(command -> Optional.ofNullable(command.tests()).stream())
            .toList();
    long passed = counted.stream().mapToLong(Check.Tests::passed).sum();
    long failed = counted.stream().mapToLong(Check.Tests::failed).sum();
    long skipped = counted.stream().mapToLong(Check.Tests::skipped).sum();
    return counted.isEmpty()
        ? null
        : new RuleFacts.Tests(passed + failed + skipped, passed, failed, skipped);
  }

  private static RuleFacts.File file(TreeDiff.File file) {
    return new RuleFacts.File(
        file.path(),
        Objects.requireNonNullElse(file.from(), ""),
        status(file),
        file.additions(),
        file.deletions(),
        file.changedBytes(),
        file.binary(),
        Objects.requireNonNullElse(file.newMode(), ""),
        Objects.requireNonNullElse(file.oldMode(), ""),
        TestFiles.isTest(file.path()),
        PathKinds.isGenerated(file.path()));
  }

  private static String status(TreeDiff.File file) {
    if (file.from() != null) {
      return "renamed";
    }
    if (file.newMode() == null) {
      return "deleted";
    }
    return file.oldMode() == null ? "added" : "modified";
  }

  private RuleFacts.Intent intentFacts(String kind, long number, @Nullable String author) {
    return new RuleFacts.Intent(
        intent.text(), kind, number, Objects.requireNonNullElse(author, ""));
  }

  private RuleFacts.Intent intentFacts() {
    return switch (intent.source()) {
      case IntentSource.PullRequest(long number, String author) ->
          intentFacts("pull_request", number, author);
      case IntentSource.Comment(long number, String author) ->
          intentFacts("comment", number, author);
      case IntentSource.Argument() -> intentFacts("argument", 0, null);
      case IntentSource.WorkflowFile() -> intentFacts("workflow-file", 0, null);
    };
  }
}
