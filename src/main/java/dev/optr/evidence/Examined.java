package dev.optr.evidence;

import dev.optr.base.JsonObject;
import dev.optr.datalake.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A candidate and what was found out about it.
 *
 * @param checks in the order in which they ran; empty for a lane that proposed nothing
 * @param whyNot every reason why it is not admissible; for a lane without a proposal empty, its
 *     outcome says it
 * @param facts empty where there is no diff at hand
 */
public record Examined(
    Candidate candidate, List<Check> checks, List<WhyNot> whyNot, Optional<Facts> facts) {
  public Examined {
    checks = List.copyOf(checks);
    whyNot = List.copyOf(whyNot);
  }

  /** With the facts that follow from the candidate. */
  public Examined(Candidate candidate, List<Check> checks, List<WhyNot> whyNot) {
    this(candidate, checks, whyNot, Facts.of(candidate));
  }

  /** A tree whose every check was found to hold. */
  public boolean admissible() {
    return candidate.tree() != null
        && whyNot.isEmpty()
        && checks.stream().filter(Check::decides).allMatch(Check::held);
  }

  /** The same with other findings for the checks that these are. */
  Examined with(List<Finding> findings) {
    Map<String, Finding> byId =
        findings.stream().collect(Collectors.toMap(finding -> finding.check().id(), it -> it));
    List<Check> renewed =
        checks.stream()
            .map(
                check ->
                    Optional.ofNullable(byId.get(check.id())).map(Finding::check).orElse(check))
            .toList();
    List<WhyNot> reasons =
        Stream.concat(
                whyNot.stream().filter(reason -> !byId.containsKey(reason.rule())),
                findings.stream().flatMap(finding -> finding.whyNot().stream()))
            .toList();
    return new Examined(candidate, renewed, reasons, facts);
  }

  /** The same, whose lane was also asked as a judge. */
  Examined asked(List<JsonObject> lines) {
    return lines.isEmpty() ? this : new Examined(candidate.asked(lines), checks, whyNot, facts);
  }
}
