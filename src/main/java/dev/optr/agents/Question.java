package dev.optr.agents;

import dev.optr.git.FrozenTree;
import dev.optr.git.TreeStore;
import dev.optr.intent.Intent;
import java.util.List;
import java.util.function.Predicate;

/**
 * The same frozen input for every lane.
 *
 * @param tree what agents may see of the frozen tree: without {@code datalake}, excluded files and
 *     what is out of scope
 * @param trees where edits are tried
 * @param protectedPaths globs that the workflow file adds to the built-in list, or lifts from it
 */
public record Question(
    Intent intent, FrozenTree tree, TreeStore trees, List<String> protectedPaths) {
  public Question {
    protectedPaths = List.copyOf(protectedPaths);
  }

  /** The same for a lane that is shown less. */
  public Question showing(Predicate<String> visible) {
    return new Question(intent, tree.showing(visible), trees, protectedPaths);
  }
}
