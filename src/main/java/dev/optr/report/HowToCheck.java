package dev.optr.report;

import java.util.ArrayList;
import java.util.List;

/** Commands that repeat what the run says, in a clone of the repository. */
final class HowToCheck {
  private HowToCheck() {}

  static String commands(RunReport report) {
    List<String> lines = new ArrayList<>();
    boolean elsewhere = report.mode() != Mode.LOCAL;
    if (elsewhere && report.anchor() != null) {
      lines.add("git fetch origin " + report.anchor());
      lines.add("git checkout --detach " + report.anchor());
    }
    lines.add(report.verifyCommand());
    if (elsewhere && report.ledgerEntry() != null) {
      lines.add("optr ledger show " + report.ledgerEntry());
      lines.add("optr ledger prove " + report.ledgerEntry());
    }
    return String.join("\n", lines);
  }
}
