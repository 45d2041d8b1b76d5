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
 */
public record Examined(Candidate candidate, List<Check> checks, List<WhyNot> whyNot) {
  public Examined {
    checks = List.copyOf(checks);
    whyNot = List.copyOf(whyNot);
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
    return new Examined(candidate, renewed, reasons);
  }

  /** The same, whose lane was also asked as a judge. */
  Examined asked(List<JsonObject> lines) {
    return lines.isEmpty() ? this : new Examined(candidate.asked(lines), checks, whyNot);
  }
}
