package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.git.DefaultBranch;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a repository is verified: the ledger files of one commit together with those of the
 * branch {@code optr/ledger}, which takes what cannot be pushed to the default branch.
 *
 * @param head id of the commit
 * @param sides commits that {@code optr/ledger} is on, here and as it was fetched
 * @param defaultBranch empty where nothing tells which one it is
 */
record VerifiedState(String head, List<String> sides, Optional<DefaultBranch> defaultBranch) {
  static final String SIDE_BRANCH = SideBranch.NAME;

  VerifiedState {
    sides = List.copyOf(sides);
  }

  static VerifiedState of(GitRepository repository, String commit) {
    List<String> sides =
        SideBranch.REFS.stream()
            .flatMap(ref -> repository.resolve(ref).stream())
            .distinct()
            .filter(side -> !side.equals(commit))
            .toList();
    return new VerifiedState(commit, sides, DefaultBranch.of(repository));
  }

  /** The one commit and the others. */
  List<String> tips() {
    return Stream.concat(Stream.of(head), sides.stream()).toList();
  }

  /** The commit that the default branch is on; the verified one where that is not known. */
  String defaultTip() {
    return defaultBranch.map(DefaultBranch::commit).orElse(head);
  }

  /**
   * All ledger files, those of the side branch as {@code optr/ledger:path}; a file that is the same
   * in two places is read once.
   */
  List<Container> containers(GitRepository repository) {
    Map<String, Bytes> atHead = new HashMap<>();
    List<Container> containers = new ArrayList<>(RunLedger.at(repository, head));
    containers.forEach(container -> atHead.put(container.path(), container.bytes()));
    for (int i = 0; i < sides.size(); i++) {
      String prefix = SIDE_BRANCH + (i == 0 ? "" : "~" + i) + ":";
      RunLedger.at(repository, sides.get(i)).stream()
          .filter(container -> !container.bytes().equals(atHead.get(container.path())))
          .map(container -> new Container(prefix + container.path(), container.bytes()))
          .forEach(containers::add);
    }
    return containers;
  }
}
