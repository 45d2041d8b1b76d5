package dev.optr.git;

import java.util.List;

/** What edits, recorded changes or a directory gave on top of a frozen tree. */
public sealed interface TreeResult {
  /**
   * @param tree id of the new tree, without the frozen commit's {@code datalake}; where the edits
   *     themselves made such an entry it is there, so that evidence can name it
   * @param changes sorted by path bytes; empty where the tree is the frozen one
   */
  record Applied(String tree, List<Change> changes) implements TreeResult {
    public Applied {
      changes = List.copyOf(changes);
    }
  }

  /**
   * @param errors one per edit that does not apply: file, what was missing or hostile, nearest
   *     match
   */
  record Rejected(List<String> errors) implements TreeResult {
    public Rejected {
      errors = List.copyOf(errors);
    }
  }
}
