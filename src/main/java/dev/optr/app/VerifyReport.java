package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.ledger.CheckpointVerifier;
import dev.optr.ledger.Code;
import dev.optr.ledger.Container;
import dev.optr.ledger.Finding;
import dev.optr.ledger.Timestamps;
import dev.optr.ledger.Verdict;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import dev.optr.report.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code optr verify} says: for people, and as one JSON document. */
final class VerifyReport {
  private static final int SHOWN_PER_CODE = 20;

  private final Verdict verdict;
  private final List<VerifyFigures.Row> figures;
  private final @Nullable Timestamps timestamps;
  private final @Nullable Deployable deployable;

  private VerifyReport(Verdict verdict, List<VerifyFigures.Row> figures) {
    this(verdict, figures, null, null);
  }

  private VerifyReport(
      Verdict verdict,
      List<VerifyFigures.Row> figures,
      @Nullable Timestamps timestamps,
      @Nullable Deployable deployable) {
    this.verdict = verdict;
    this.figures = figures;
    this.timestamps = timestamps;
    this.deployable = deployable;
  }

  /** The same about a commit that is to be deployed, where the ledger can vouch for anything. */
  VerifyReport with(Deployable asked) {
    return new VerifyReport(verdict, figures, timestamps, asked);
  }

  /** The same with what time stamps say, where there are any. */
  VerifyReport with(Timestamps found) {
    return found.any()
        ? new VerifyReport(
            verdict,
            Stream.concat(figures.stream(), Stream.of(VerifyFigures.times(found))).toList(),
            found,
            deployable)
        : this;
  }

  /** Of bare ledger files. */
  static VerifyReport ofFiles(Verification verification, int files, VerifyOptions options) {
    Verdict verdict = verification.verdict();
    return new VerifyReport(verdict, new VerifyFigures(verdict, options).ofFiles(files));
  }

  /** Of bare ledger files whose beginnings a kept checkpoint covers. */
  static VerifyReport ofFiles(
      CheckpointVerifier.Continuation continuation, int files, VerifyOptions options) {
    Verdict verdict = continuation.verdict();
    return new VerifyReport(
        verdict, new VerifyFigures(verdict, options).ofContinuedFiles(files, continuation.added()));
  }

  /**
   * Of a repository.
   *
   * @param logs what the anchor logs of the clone hold
   * @param memories where memories came from that the ledger was compared with
   */
  static VerifyReport ofRepository(
      Verification verification,
      List<Container> containers,
      List<String> logs,
      VerifyOptions options,
      List<String> memories) {
    Verdict verdict = verification.verdict();
    return new VerifyReport(
        verdict,
        new VerifyFigures(verdict, options)
            .ofRepository(verification.entries(), containers, logs, memories));
  }

  ExitCode exit() {
    ExitCode exit = exit(verdict.result());
    return exit == ExitCode.OK && deployable != null ? deployable.exit() : exit;
  }

  /** What the verdict is to whoever started the program. */
  static ExitCode exit(Verification verification) {
    return exit(verification.result());
  }

  private static ExitCode exit(Verification.Result result) {
    return switch (result) {
      case OK -> ExitCode.OK;
      case TAMPERED -> ExitCode.TAMPERED;
      case UNDECIDED -> ExitCode.UNDECIDED;
    };
  }

  /**
   * {@code {result, genesis, trust, entries, heads, findings, warnings, exit}}; line is 1-based.
   * Where the ledger has time stamps, {@code timestamps} follows: {@code {good, unknown, newest,
   * entry, authorities}}, and where it was asked for {@code deployable}: {@link
   * Deployable#document}.
   */
  JsonObject document() {
    Json.Builder document =
        Json.object()
            .put("result", verdict.result().text())
            .put("genesis", verdict.genesis())
            .put("trust", verdict.trust().text())
            .put("entries", verdict.size())
            .put("heads", Json.texts(verdict.heads()))
            .put("findings", findings(verdict.findings()))
            .put("warnings", findings(verdict.warnings()))
            .put("exit", exit().code());
    if (timestamps != null) {
      document.put("timestamps", times(timestamps));
    }
    if (deployable != null) {
      document.put("deployable", deployable.document());
    }
    return document.build();
  }

  private static JsonObject times(Timestamps timestamps) {
    return Json.object()
        .put("good", timestamps.good())
        .put("unknown", timestamps.unknown())
        .put("newest", timestamps.newest() == null ? null : timestamps.newest().toString())
        .put("entry", timestamps.newestEntry())
        .put("authorities", timestamps.authoritiesKnown() ? "checked" : "not_checked")
        .build();
  }

  /** Findings of one kind are cut after the first few; the document has all. */
  String text(Duration took) {
    StringBuilder out = new StringBuilder();
    figures.forEach(
        row -> out.append(String.format(Locale.ROOT, "%-9s%s%n", row.name(), row.value())));
    append(out, verdict.findings());
    append(out, verdict.warnings());
    out.append(String.format(Locale.ROOT, "%s (%.2f s)%n", conclusion(), took.toMillis() / 1000.0));
    return out.append(deployment()).toString();
  }

  private static void append(StringBuilder out, List<Finding> findings) {
    Map<Code, List<Finding>> byCode = new EnumMap<>(Code.class);
    findings.forEach(
        finding -> byCode.computeIfAbsent(finding.code(), _ -> new ArrayList<>()).add(finding));
    byCode.forEach(
        (code, all) -> {
          all.stream()
              .limit(SHOWN_PER_CODE)
              .forEach(finding -> out.append(sentence(finding)).append('\n'));
          if (all.size() > SHOWN_PER_CODE) {
            out.append(
                String.format(
                    Locale.ROOT,
                    "%s %,d more like these; --json has all of them%n",
                    code,
                    all.size() - SHOWN_PER_CODE));
          }
        });
  }

  private String deployment() {
    return switch (deployable) {
      case null -> "";
      case Deployable.Yes yes -> sentence("DEPLOYABLE", yes);
      case Deployable.No no -> sentence("NOT DEPLOYABLE", no);
      case Deployable.Unknown unknown -> sentence("UNDECIDED", unknown);
    };
  }

  private static String sentence(String word, Deployable asked) {
    return Shown.line("%s: %s: %s".formatted(word, asked.commit(), asked.reason())) + "\n";
  }

  private String conclusion() {
    return switch (verdict.result()) {
      case OK -> "OK: the ledger is intact";
      case TAMPERED -> {
        int count = verdict.findings().size();
        yield "TAMPERED: %,d %s".formatted(count, count == 1 ? "finding" : "findings");
      }
      case UNDECIDED -> "UNDECIDED: " + reason();
    };
  }

  private String reason() {
    boolean unreachable =
        verdict.warnings().stream()
            .anyMatch(warning -> warning.code() == Code.W_UNREACHABLE && warning.id() == null);
    if (unreachable) {
      return "this clone has not got all that has to be looked at";
    }
    return verdict.genesis() == null
        ? "there is no ledger here"
        : "nothing vouches for the genesis; pin it with --genesis, or add --allow-tofu";
  }

  /** One finding in one line. */
  static String sentence(Finding finding) {
    StringBuilder out = new StringBuilder(finding.code().name()).append(' ');
    if (finding.container() != null) {
      out.append(finding.container());
      out.append(finding.line() == null ? "" : ":" + finding.line()).append(": ");
    }
    out.append(finding.message());
    if (finding.id() != null) {
      out.append(", entry ").append(finding.id());
    }
    if (finding.pr() != null) {
      out.append(", pull request ").append(finding.pr());
    }
    return Shown.line(
        out.append(finding.commit() == null ? "" : ", commit " + finding.commit()).toString());
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
