package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.ledger.Finding;
import dev.optr.ledger.Verification;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code optr verify} says: for people, and as one JSON document. */
final class VerifyReport {
  private final Verification verification;
  private final ExitCode exit;

  VerifyReport(Verification verification, ExitCode exit) {
    this.verification = verification;
    this.exit = exit;
  }

  /**
   * {@code {result, genesis, trust, entries, heads, findings, warnings, exit}}; line is 1-based.
   */
  JsonObject document() {
    return Json.object()
        .put("result", verification.result().text())
        .put("genesis", verification.genesis())
        .put("trust", trust())
        .put("entries", verification.size())
        .put("heads", Json.texts(verification.heads()))
        .put("findings", findings(verification.findings()))
        .put("warnings", findings(verification.warnings()))
        .put("exit", exit.code())
        .build();
  }

  String text() {
    StringBuilder out = new StringBuilder();
    line(out, "genesis", verification.genesis() == null ? "none" : verification.genesis());
    line(out, "trust", trust());
    line(out, "entries", String.valueOf(verification.size()));
    line(
        out,
        "heads",
        verification.heads().isEmpty() ? "none" : String.join(", ", verification.heads()));
    verification.findings().forEach(finding -> out.append(sentence(finding)).append('\n'));
    verification.warnings().forEach(warning -> out.append(sentence(warning)).append('\n'));
    return out.append(verdict()).append('\n').toString();
  }

  private String verdict() {
    return switch (verification.result()) {
      case OK -> "OK: the ledger is intact";
      case TAMPERED -> "TAMPERED: " + verification.findings().size() + " findings";
      case UNDECIDED ->
          verification.genesis() == null
              ? "UNDECIDED: there is no ledger here"
              : "UNDECIDED: nothing vouches for the genesis; pin it with --genesis, or add --allow-tofu";
    };
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(String.format(Locale.ROOT, "%-9s%s%n", name, value));
  }

  /** One finding in one line. */
  static String sentence(Finding finding) {
    StringBuilder out = new StringBuilder(finding.code().name()).append(' ');
    if (finding.container() != null) {
      out.append(finding.container());
      out.append(finding.line() == null ? "" : ":" + finding.line()).append(": ");
    }
    out.append(finding.message());
    return out.append(finding.commit() == null ? "" : " (commit " + finding.commit() + ")")
        .toString();
  }

  private String trust() {
    return verification.trust().name().toLowerCase(Locale.ROOT);
  }

  private static Json findings(List<Finding> findings) {
    return Json.array(findings.stream().map(VerifyReport::finding).toList());
  }

  private static JsonObject finding(Finding finding) {
    return Json.object()
        .put("code", finding.code().name())
        .put("container", finding.container())
        .put("line", number(finding.line()))
        .put("id", finding.id())
        .put("pr", number(finding.pr()))
        .put("commit", finding.commit())
        .put("message", finding.message())
        .build();
  }

  private static Json number(@Nullable Integer value) {
    return value == null ? Json.NULL : Json.number(value);
  }
}
