package dev.optr.git;

import dev.optr.base.Glob;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** The branches that a repository knows, its own and those that it fetched from remotes. */
public final class Branches {
  private final Repository repository;

  public Branches(GitRepository repository) {
    this.repository = repository.jgit();
  }

  /**
   * Commits of the branches whose name matches a pattern, by name: {@code name} for a branch of
   * this repository, {@code remote/name} for one that was fetched, as git shows them.
   *
   * @param patterns as {@link Glob} reads them
   * @param except short name of a branch that is left out, also where it was fetched
   */
  public SortedMap<String, String> matching(List<String> patterns, String except) {
    List<Glob> globs = patterns.stream().map(Glob::of).toList();
    SortedMap<String, String> found = new TreeMap<>();
    all()
        .forEach(
            (name, ref) -> {
              boolean wanted = globs.stream().anyMatch(glob -> glob.matches(name));
              if (wanted && ref.getObjectId() != null && !isBranch(ref, except)) {
                found.put(name, ref.getObjectId().name());
              }
            });
    return found;
  }

  private Map<String, Ref> all() {
    try {
      Map<String, Ref> all = new TreeMap<>();
      for (String prefix : List.of(Constants.R_REMOTES, Constants.R_HEADS)) {
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
          if (!ref.isSymbolic()) {
            all.put(ref.getName().substring(prefix.length()), ref);
          }
        }
      }
      return all;
    } catch (IOException e) {
      throw ServiceException.lasting("could not list the branches", e);
    }
  }

  private static boolean isBranch(Ref ref, String name) {
    return ref.getName().equals(Constants.R_HEADS + name)
        || (ref.getName().startsWith(Constants.R_REMOTES) && ref.getName().endsWith("/" + name));
  }
}
