package dev.optr.ledger;

import java.util.List;
import java.util.Optional;

/** The repository as anchors see it; git itself stays outside of this package. */
public interface AnchorSource {
  /** Where the line of an entry came into the repository. */
  Introduction introducing(String entryId);

  /** A file of a commit; empty where it has none at that path. */
  Optional<FileFacts> file(String commit, String path);

  /** The ledger files of a commit. */
  List<Container> containers(String commit);

  /** What is known of how a line came in. */
  sealed interface Introduction {
    /** Every reachable commit that has the line and whose first parent has not. */
    record Found(List<CommitFacts> commits) implements Introduction {
      public Found {
        commits = List.copyOf(commits);
      }
    }

    /** The history is whole and no commit has the line. */
    record NeverCommitted() implements Introduction {}

    /** The clone is shallow, or the commit is not in it. */
    record NotInThisClone() implements Introduction {}
  }
}
