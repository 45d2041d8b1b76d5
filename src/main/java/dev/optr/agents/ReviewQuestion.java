package dev.optr.agents;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a judge is asked: one change, under a name that says nothing, and all constraints in words.
 * Nothing in it names an agent, a model or a price, or is its author's own word about the change.
 *
 * @param alias of the change, for this review alone
 * @param files of the change, in the order of their paths
 */
public record ReviewQuestion(String alias, List<Criterion> criteria, List<ShownFile> files) {
  public ReviewQuestion {
    criteria = List.copyOf(criteria);
    files = List.copyOf(files);
  }

  /**
   * @param id of the constraint
   * @param text as the workflow file has it
   */
  public record Criterion(String id, String text) {}

  /**
   * One file's part of the change.
   *
   * @param path for the rules on who is shown what
   * @param text the normalised diff, with a final line break; null where it must not be shown
   */
  public record ShownFile(String path, @Nullable String text) {}

  /** The same for a judge who is shown less. */
  public ReviewQuestion showing(Predicate<String> visible) {
    return new ReviewQuestion(
        alias,
        criteria,
        files.stream()
            .map(file -> visible.test(file.path()) ? file : new ShownFile(file.path(), null))
            .toList());
  }

  /** Which of the two a judge reads first; each is asked once. */
  public enum Order {
    CONSTRAINTS_FIRST,
    CHANGE_FIRST
  }
}
