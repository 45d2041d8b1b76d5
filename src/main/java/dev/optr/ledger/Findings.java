package dev.optr.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is found; only floods of lines that are no JSON are cut. */
final class Findings {
  static final int MOST_SYNTAX_FINDINGS = 1000;

  private final List<Finding> findings = new ArrayList<>();
  private final List<Finding> warnings = new ArrayList<>();
  private final Set<String> suspects = new HashSet<>();
  private int syntaxFindings;

  void add(Finding finding) {
    if (finding.code().isWarning()) {
      warnings.add(finding);
      return;
    }
    if (finding.id() != null) {
      suspects.add(finding.id());
    }
    if (finding.code() == Code.E_SYNTAX && ++syntaxFindings > MOST_SYNTAX_FINDINGS) {
      return;
    }
    findings.add(finding);
  }

  /** About the ledger as a whole. */
  void add(Code code, String message) {
    add(new Finding(code, null, null, null, null, null, message));
  }

  /** Ids of the entries that something was found about. */
  Set<String> suspects() {
    return Set.copyOf(suspects);
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<Finding> warnings() {
    return List.copyOf(warnings);
  }
}
