package dev.optr.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Redactor;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.git.Change;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a proposal must not be committed: a commit is for ever. Changes are stored whole
 * or not at all, and only where the check {@code no-secrets} was found to hold.
 */
final class Withholding {
  static final String NO_SECRETS = "no-secrets";
  static final String PROPOSAL_SIZE = "proposal-size";
  static final int LARGEST_PROPOSAL = 4 << 20;

  private final Redactor redactor;

  Withholding(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The rule for which a lane's changes are not stored. */
  Optional<String> ofChanges(Examined examined) {
    List<Change> changes = examined.candidate().changes();
    if (changes == null) {
      return Optional.empty();
    }
    if (size(changes) > LARGEST_PROPOSAL) {
      return Optional.of(PROPOSAL_SIZE);
    }
    boolean clean =
        result(examined) == Check.Result.HELD && changes.stream().noneMatch(this::leaks);
    return clean ? Optional.empty() : Optional.of(NO_SECRETS);
  }

  /**
   * True where a credential was found, or could not be ruled out: what the agent wrote around its
   * changes, and the transcript that carries them, can hold it as well.
   */
  boolean ofProse(Examined examined) {
    Check.Result result = result(examined);
    return result == Check.Result.BROKEN || result == Check.Result.UNKNOWN;
  }

  private boolean leaks(Change change) {
    return redactor.finds(change.path())
        || (change.content() != null && redactor.finds(change.content()));
  }

  private static long size(List<Change> changes) {
    return changes.stream()
        .mapToLong(change -> change.content() == null ? 0 : change.content().getBytes(UTF_8).length)
        .sum();
  }

  private static Check.@Nullable Result result(Examined examined) {
    return examined.checks().stream()
        .filter(check -> check.id().equals(NO_SECRETS))
        .map(Check::result)
        .findFirst()
        .orElse(null);
  }
}
