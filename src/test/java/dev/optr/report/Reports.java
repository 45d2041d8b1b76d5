package dev.optr.report;

import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.GateVerdict;
import dev.optr.selection.Selection;
import dev.optr.testing.Samples;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reports about sample runs. */
final class Reports {
  static final String KEY = "sk-test-0123456789abcdef";

  private Reports() {}

  static RunReport of(Selection selection) {
    return of(selection, Mode.FULL);
  }

  static RunReport of(Selection selection, Mode mode) {
    return of(selection, Samples.head(), GateVerdict.State.FAILURE, mode);
  }

  /** The frozen commit is admissible itself. */
  static RunReport withGreenHead(Selection selection) {
    HeadExamined green =
        new HeadExamined(
            List.of(Samples.held(Samples.CONSTRAINT), Samples.held("tests")), List.of());
    return of(selection, green, GateVerdict.State.SUCCESS, Mode.FULL);
  }

  /** No agent was asked. */
  static RunReport headAlone(Mode mode) {
    return of(new Selection.NoneAdmissible(List.of()), mode);
  }

  private static RunReport of(
      Selection selection, HeadExamined head, GateVerdict.State gate, Mode mode) {
    boolean selected = selection instanceof Selection.Selected;
    boolean asked = !selection.candidates().isEmpty();
    String anchor = Samples.objectId("anchor");
    return new RunReport(
        "login-fix",
        Samples.intent(),
        head,
        selection,
        asked ? "5141de03".repeat(8) : null,
        asked ? anchor : null,
        mode == Mode.REPORT_ONLY
            ? null
            : new GateVerdict(gate, selection.outcome() + (selected ? "; /optr execute" : "")),
        mode,
        "https://github.com/octo/repo/actions/runs/1",
        "datalake/workflows/login-fix-pr-7",
        192_400,
        "partial(no network isolation)",
        List.of("the agents saw HEAD, not your changes"),
        selected ? "/optr execute" : null,
        "optr verify",
        new Redactor(List.of(Secret.of(KEY))),
        asked
            ? Optional.of(new Links(URI.create("https://github.com"), "octo/repo", anchor))
            : Optional.empty(),
        new Standing.Decided());
  }
}
