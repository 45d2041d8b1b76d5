package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verification needs to know of a commit.
 *
 * @param parents ids, first parent first
 * @param changedPaths paths that differ from the first parent
 * @param copied git made it out of another commit: who committed it, or when, is not who wrote it
 * @param signature null where it carries none
 */
public record CommitFacts(
    String id,
    List<String> parents,
    String message,
    List<String> changedPaths,
    boolean copied,
    @Nullable Signed signature) {
  public CommitFacts {
    parents = List.copyOf(parents);
    changedPaths = List.copyOf(changedPaths);
  }

  /**
   * @param armoured as the commit carries it
   * @param content the commit without it, which is what was signed
   */
  public record Signed(String armoured, Bytes content) {
    private static final String SSH = "-----BEGIN SSH SIGNATURE-----";

    /** GitHub's own PGP signature is nobody's here to judge. */
    boolean isSsh() {
      return armoured.strip().startsWith(SSH);
    }
  }
}
