package dev.optr.report;

import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.execution.GateVerdict;
import dev.optr.selection.Selection;
import dev.optr.testing.Samples;
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
    boolean selected = selection instanceof Selection.Selected;
    return new RunReport(
        "login-fix",
        Samples.intent(),
        Samples.head(),
        selection,
        "5141de03".repeat(8),
        Samples.objectId("anchor"),
        new GateVerdict(
            GateVerdict.State.FAILURE, selection.outcome() + (selected ? "; /optr execute" : "")),
        mode,
        "https://github.com/octo/repo/actions/runs/1",
        "datalake/workflows/login-fix-pr-7",
        192_400,
        "partial(no network isolation)",
        List.of("the agents saw HEAD, not your changes"),
        selected ? "/optr execute" : null,
        "optr verify",
        new Redactor(List.of(Secret.of(KEY))),
        Optional.empty(),
        new Standing.Decided());
  }
}
