package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;

/** The changes of one lane, put on the frozen tree again, whatever else its document says. */
public final class RecordedChanges {
  private RecordedChanges() {}

  /**
   * What {@code output.changes} of {@code agent-outputs/{agent}.json} gives.
   *
   * @throws JsonException where the document has no changes, or not in their form
   */
  public static TreeResult rebuild(Bytes document, FrozenTree frozen, TreeStore trees)
      throws JsonException {
    return trees.rebuild(frozen, CandidateReader.changes(Fields.parse(document).object("output")));
  }
}
