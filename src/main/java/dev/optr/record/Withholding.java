package dev.optr.record;

import dev.optr.base.Redactor;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.git.Change;
import java.util.List;
import java.util.Optional;

/**
 * Decides what of a proposal must not be committed: a commit is for ever. Changes are stored whole
 * or not at all.
 */
public final class Withholding {
  private static final String NO_SECRETS = "no-secrets";

  private final Redactor redactor;

  public Withholding(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The rule for which a lane's changes are not stored. */
  public Optional<String> ofChanges(Examined examined) {
    String captured = examined.candidate().withheld();
    if (captured != null) {
      return Optional.of(captured);
    }
    List<Change> changes = examined.candidate().changes();
    boolean leaks = changes != null && changes.stream().anyMatch(this::leaks);
    return leaks || ofProse(examined) ? Optional.of(NO_SECRETS) : Optional.empty();
  }

  /**
   * True where a credential was found, or could not be ruled out: what the agent wrote around its
   * changes, and the transcript that carries them, can hold it as well.
   */
  public static boolean ofProse(Examined examined) {
    return NO_SECRETS.equals(examined.candidate().withheld())
        || examined.checks().stream()
            .anyMatch(check -> check.id().equals(NO_SECRETS) && found(check.result()));
  }

  private static boolean found(Check.Result result) {
    return switch (result) {
      case BROKEN, UNKNOWN -> true;
      case HELD, NOT_RUN -> false;
    };
  }

  private boolean leaks(Change change) {
    return redactor.finds(change.path())
        || (change.content() != null && redactor.finds(change.content()));
  }
}
