package dev.optr.github;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A commit to be made.
 *
 * @param base the commit whose tree is changed, null for the empty tree
 * @param edits by path, with slashes
 * @param parents ids of commits
 * @param baseTree id of the base's tree, where it is known: that saves a request
 */
public record NewCommit(
    @Nullable String base,
    Map<String, TreeEdit> edits,
    List<String> parents,
    String message,
    @Nullable String baseTree) {

  public NewCommit {
    edits = Map.copyOf(edits);
    parents = List.copyOf(parents);
    if (base == null && edits.values().stream().noneMatch(TreeEdit.Put.class::isInstance)) {
      throw new IllegalArgumentException("GitHub makes no commit of an empty tree");
    }
    edits.keySet().forEach(NewCommit::check);
  }

  /** See {@link NewCommit}; the base's tree is asked for. */
  public NewCommit(
      @Nullable String base, Map<String, TreeEdit> edits, List<String> parents, String message) {
    this(base, edits, parents, message, null);
  }

  /** The same, for one who knows the base's tree. */
  public NewCommit withBaseTree(String tree) {
    return new NewCommit(base, edits, parents, message, tree);
  }

  /** By path, in order. */
  Map<String, TreeEdit> ordered() {
    return new TreeMap<>(edits);
  }

  /** True where a path that goes and one that comes cannot stand beside each other. */
  boolean replacesDirectories() {
    return edits.entrySet().stream()
        .filter(edit -> edit.getValue() instanceof TreeEdit.Delete)
        .anyMatch(gone -> edits.keySet().stream().anyMatch(path -> nested(path, gone.getKey())));
  }

  private static boolean nested(String one, String other) {
    return one.startsWith(other + "/") || other.startsWith(one + "/");
  }

  private static void check(String path) {
    for (String name : path.split("/", -1)) {
      if (name.isEmpty()
          || name.equals(".")
          || name.equals("..")
          || name.equalsIgnoreCase(".git")) {
        throw new IllegalArgumentException("no path of a tree: '" + path + "'");
      }
    }
  }
}
