package dev.optr.execution;

import dev.optr.datalake.DataLakePaths;
import dev.optr.git.Change;
import java.util.List;

/**
 * What may be executed: the path that recorded evidence selects.
 *
 * @param entry id of the run entry
 * @param anchor the commit that carries that entry and its documents
 * @param head parent of the executed commit: the anchor, or the frozen commit where the anchor does
 *     not move the branch
 * @param agent whose path it is
 * @param tree the selected tree, without {@code datalake}
 * @param changes what leads from the frozen tree to it
 * @param documents where the run's documents lie
 * @param grounds what admitted it
 */
public record SelectedPath(
    String entry,
    String anchor,
    String head,
    String agent,
    String tree,
    List<Change> changes,
    DataLakePaths documents,
    Grounds grounds) {
  public SelectedPath {
    changes = List.copyOf(changes);
  }

  /**
   * What was asked, by which rules, and which of them hold by evidence.
   *
   * @param input digest of the frozen input
   * @param policy digest of the workflow file
   * @param patchSha256 of the canonical difference
   * @param held ids of the checks that hold, in the order in which they ran
   */
  public record Grounds(String input, String policy, String patchSha256, List<String> held) {
    public Grounds {
      held = List.copyOf(held);
    }
  }
}
