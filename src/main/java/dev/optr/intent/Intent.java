package dev.optr.intent;

import dev.optr.base.JsonObject;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Invariant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frozen input that every lane gets.
 *
 * @param text the wish, normalised
 * @param stripped what was removed from the wish and from what agents see
 * @param commit the frozen commit
 * @param tree the frozen tree: the commit's tree without the top-level entry {@code datalake}
 * @param baseCommit null outside a pull request
 * @param policy digest of the workflow file
 * @param digest the input digest: SHA-256 of {@code optr-input@v1}, 0x00 and the RFC 8785 form of
 *     the document without {@code digest}, {@code commit} and {@code baseCommit}
 * @param document {@code intent.json} as it is stored
 */
public record Intent(
    String text,
    IntentSource source,
    Stripped stripped,
    List<Constraint> constraints,
    List<Invariant> invariants,
    String commit,
    String tree,
    @Nullable String baseCommit,
    String policy,
    String digest,
    JsonObject document) {

  public Intent {
    constraints = List.copyOf(constraints);
    invariants = List.copyOf(invariants);
  }

  /**
   * What was removed before anyone saw it.
   *
   * @param htmlComments HTML comments removed from the wish
   * @param invisible zero-width and other invisible characters removed
   * @param bidi bidirectional controls removed
   * @param excludedFiles files of the frozen tree that no agent is shown
   */
  public record Stripped(int htmlComments, int invisible, int bidi, int excludedFiles) {}
}
