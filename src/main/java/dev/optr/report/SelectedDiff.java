package dev.optr.report;

import dev.optr.datalake.Candidate;
import dev.optr.git.TreeDiff;
import dev.optr.selection.Ranked;
import java.util.Optional;

/**
 * The selected path's diff as it can be shown.
 *
 * @param hidden characters of the diff that are not shown because they are invisible or controls
 */
record SelectedDiff(String agent, String text, int hidden) {
  static Optional<SelectedDiff> of(Ranked best, PlainText plain) {
    Candidate candidate = best.examined().candidate();
    TreeDiff diff = candidate.diff();
    return diff == null
        ? Optional.empty()
        : Optional.of(
            new SelectedDiff(
                candidate.agent(),
                plain.lines(diff.patch().utf8()),
                Characters.hidden(diff.patch().utf8())));
  }

  /** What a reader of the diff must know; empty where all of it is shown. */
  String remark() {
    return hidden == 0 ? "" : " (" + hidden + " invisible or control characters are not shown)";
  }
}
