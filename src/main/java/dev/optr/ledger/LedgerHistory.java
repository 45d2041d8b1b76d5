package dev.optr.ledger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ledger files of every commit that led to a state; git itself stays outside of this package.
 * Versions of files are named by ids: where an id is the same, so is the content.
 */
public interface LedgerHistory {
  /** Commits that lead to the state, parents before children. */
  List<Revision> revisions();

  /** Commits whose ledger files together are the state that is verified. */
  List<String> tips();

  /** Id of the version of {@link Container#MAIN}, or null. */
  @Nullable String main(String state);

  /** Ids of versions by path, of all ledger files of a state. */
  Map<String, String> files(String state);

  /**
   * The ledger files that differ between two states.
   *
   * @param before null for the state without any file
   */
  List<Change> changes(@Nullable String before, String after);

  /** How many bytes two versions have in common at their beginnings. */
  int sharedPrefix(String version, String other);

  /** The bytes of a version from an offset on. */
  byte[] from(String version, int offset);

  /**
   * One commit.
   *
   * @param parents ids; those that a shallow clone lacks are left out
   * @param state stands for the versions of all ledger files; equal where they are the same
   * @param whole false where the clone ends with this commit though history does not
   */
  record Revision(String commit, List<String> parents, String state, boolean whole, Line line) {
    public Revision {
      parents = List.copyOf(parents);
    }
  }

  /** Which of the rules for merges a commit is held to. */
  enum Line {
    /** On the default branch, counted along first parents. */
    DEFAULT_BRANCH,
    /** On the branch that takes what cannot be pushed to the default branch. */
    SIDE_BRANCH,
    ANY
  }

  /**
   * @param before id of the version; null where there was none
   * @param after id of the version; null where there is none any more
   */
  record Change(String path, @Nullable String before, @Nullable String after) {}
}
