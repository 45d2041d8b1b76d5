package dev.optr.ledger;

import java.util.Optional;

/** Commits as anchors are checked; git itself stays outside of this package. */
public interface AnchorSource {
  /** A commit that the clone has. */
  CommitFacts commit(String id);

  /** Whether the clone has a commit. */
  boolean has(String commit);

  /** A file of a commit; empty where it has none at that path. */
  Optional<FileFacts> file(String commit, String path);

  /** Id of a commit's tree without its top-level entry {@code datalake}. */
  String treeWithoutDatalake(String commit);
}
