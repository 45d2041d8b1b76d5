package dev.optr.agents;

import dev.optr.base.Glob;
import dev.optr.git.FrozenTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the files that an agent means, among those that it may see. */
final class VisiblePaths {
  private static final int SUGGESTED = 3;

  private final FrozenTree visible;

  VisiblePaths(FrozenTree visible) {
    this.visible = visible;
  }

  /** What a path led to. */
  sealed interface Lookup {}

  record Found(FrozenTree.File file) implements Lookup {}

  record Missing(String message) implements Lookup {}

  /**
   * The file at a path from the root. Written otherwise ({@code ./a}, {@code /a}, {@code a//b},
   * {@code a\b}) it is found too; {@code ..} is refused.
   */
  Lookup find(String path) {
    Optional<FrozenTree.File> exact = visible.find(path);
    if (exact.isPresent()) {
      return new Found(exact.get());
    }
    List<String> names = new ArrayList<>();
    for (String name : path.replace('\\', '/').split("/", -1)) {
      if (name.equals("..")) {
        return new Missing("path: '..' is refused; write the path from the repository's root");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    String normal = String.join("/", names);
    return visible.find(normal).<Lookup>map(Found::new).orElseGet(() -> missing(path, normal));
  }

  private Lookup missing(String written, String normal) {
    if (isDirectory(normal)) {
      String glob = normal.isEmpty() ? "**" : normal + "/**";
      return new Missing(
          ShownPath.named(written)
              + " is a directory; list it with list_files(glob="
              + ShownPath.quoted(glob)
              + ")");
    }
    List<String> near = near(normal);
    String suggestion =
        near.isEmpty()
            ? ""
            : "; did you mean "
                + near.stream().map(ShownPath::of).collect(Collectors.joining(" or "))
                + "?";
    return new Missing("no such file: " + ShownPath.named(written) + suggestion);
  }

  private boolean isDirectory(String path) {
    String prefix = path.isEmpty() ? "" : path + "/";
    return visible.files().stream().anyMatch(file -> file.path().startsWith(prefix));
  }

  /** Visible paths of the same file name, the likest directories first. */
  private List<String> near(String path) {
    String name = name(path);
    return visible.files().stream()
        .map(FrozenTree.File::path)
        .filter(other -> name(other).equalsIgnoreCase(name))
        .sorted(Comparator.comparingInt(other -> -sharedEnd(path, other)))
        .limit(SUGGESTED)
        .toList();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static int sharedEnd(String one, String other) {
    int shared = 0;
    while (shared < Math.min(one.length(), other.length())
        && one.charAt(one.length() - 1 - shared) == other.charAt(other.length() - 1 - shared)) {
      shared++;
    }
    return shared;
  }

  /** The files that a glob takes, in path order; all where it is null or empty. */
  List<FrozenTree.File> matching(@Nullable String glob) {
    if (glob == null || glob.isEmpty()) {
      return visible.files();
    }
    Glob pattern = Glob.of(rooted(glob));
    return visible.files().stream().filter(file -> pattern.matches(file.path())).toList();
  }

  /** What to say where a glob takes no file. */
  String noneMatches(@Nullable String glob) {
    if (glob == null || glob.isEmpty()) {
      return "there is no file";
    }
    String none = "no file matches " + ShownPath.named(glob);
    String directory = rooted(glob).replaceAll("/+$", "");
    if (isDirectory(directory)) {
      return none + "; it is a directory: write " + ShownPath.quoted(below(directory));
    }
    if (!glob.contains("/") && !matching("**/" + glob).isEmpty()) {
      return none + " at the root; anywhere is " + ShownPath.quoted("**/" + glob);
    }
    return none + "; wildcards are *, ? and **, nothing else";
  }

  private static String below(String directory) {
    return directory.isEmpty() ? "**" : directory + "/**";
  }

  private static String rooted(String glob) {
    return glob.startsWith("./")
        ? glob.substring(2)
        : glob.startsWith("/") ? glob.substring(1) : glob;
  }
}
