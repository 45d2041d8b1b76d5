package dev.optr.workflow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the repository's own workflow file says that matters to its callers.
 *
 * @param workflow null where it could not be read
 * @param file its path from the repository's root
 */
record CallerPolicy(@Nullable Workflow workflow, String file) {
  /**
   * The file that a step reads; empty where it is another one, which is not looked at.
   *
   * @param named the input {@code workflow} as it is written; empty where there is none
   */
  Optional<Workflow> of(String named) {
    return named.isEmpty() || named.equals(file) ? Optional.ofNullable(workflow) : Optional.empty();
  }
}
