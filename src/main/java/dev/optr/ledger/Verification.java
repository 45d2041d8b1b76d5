package dev.optr.ledger;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What verification found: all of it, never the first alone.
 *
 * @param genesis id of the one that counts; null where there is none
 * @param size number of entries in the union
 * @param heads entries that are nobody's parent, sorted
 * @param entries those that nothing was found about, parents before children
 */
public record Verification(
    Result result,
    Trust trust,
    @Nullable String genesis,
    int size,
    List<String> heads,
    List<Finding> findings,
    List<Finding> warnings,
    Entries entries) {
  public Verification {
    heads = List.copyOf(heads);
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }

  /** The verdict. */
  public enum Result {
    OK,
    TAMPERED,
    /** No ledger, or nothing vouches for its genesis. */
    UNDECIDED;

    /** As printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * This one where the genesis of a signed ledger was told by its own history, which vouches for
   * nothing.
   *
   * @param allowed whether that is good enough
   */
  public Verification onFirstUse(boolean allowed) {
    if (trust == Trust.NONE) {
      return this;
    }
    Finding warning =
        new Finding(Code.W_TOFU, null, null, null, null, null, Code.W_TOFU.sentence());
    Verification warned = allowed ? with(List.of(warning)) : undecided(List.of(warning));
    return new Verification(
        warned.result,
        Trust.TOFU,
        genesis,
        size,
        heads,
        warned.findings,
        warned.warnings,
        warned.entries);
  }

  /** What it comes to, for those who need no entries. */
  public Verdict verdict() {
    return new Verdict(
        result, trust, genesis, size, heads, findings, warnings, Verdict.Intact.of(entries));
  }

  /** This one without the warnings of a kind. */
  Verification without(Code warning) {
    return new Verification(
        result,
        trust,
        genesis,
        size,
        heads,
        findings,
        warnings.stream().filter(one -> one.code() != warning).toList(),
        entries);
  }

  /** This one where warnings of a kind are held to be tampering. */
  public Verification strict(Code warning) {
    List<Finding> raised = warnings.stream().filter(one -> one.code() == warning).toList();
    return raised.isEmpty()
        ? this
        : new Verification(
            Result.TAMPERED,
            trust,
            genesis,
            size,
            heads,
            Stream.concat(findings.stream(), raised.stream()).toList(),
            without(warning).warnings,
            entries);
  }

  /** This one where something that has to be looked at is not there; tampering stays tampering. */
  public Verification undecided(List<Finding> reasons) {
    Verification warned = with(reasons);
    return new Verification(
        warned.result == Result.OK ? Result.UNDECIDED : warned.result,
        trust,
        genesis,
        size,
        heads,
        warned.findings,
        warned.warnings,
        warned.entries);
  }

  /** This one with what a later step found; entries that it speaks against are left out. */
  public Verification with(List<Finding> more) {
    List<Finding> found = more.stream().filter(finding -> !finding.code().isWarning()).toList();
    List<Finding> warned = more.stream().filter(finding -> finding.code().isWarning()).toList();
    Set<String> suspects =
        found.stream().map(Finding::id).map(String::valueOf).collect(Collectors.toSet());
    return new Verification(
        found.isEmpty() ? result : Result.TAMPERED,
        trust,
        genesis,
        size,
        heads,
        Stream.concat(findings.stream(), found.stream()).toList(),
        Stream.concat(warnings.stream(), warned.stream()).toList(),
        entries.without(suspects));
  }
}
