package dev.optr.intent;

import dev.optr.base.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote that they want, before it is normalised.
 *
 * @param parts normalised one by one and joined by a blank line, so that an HTML comment that a
 *     title leaves open does not swallow the description
 */
public record Wish(List<String> parts, IntentSource source) {
  public Wish {
    parts = List.copyOf(parts);
  }

  /** A wish of one text. */
  public static Wish of(String text, IntentSource source) {
    return new Wish(List.of(text), source);
  }

  /**
   * What a pull request asks for: its title and its description.
   *
   * @param body null or blank where there is no description
   */
  public static Wish ofPullRequest(
      String title, @Nullable String body, IntentSource.PullRequest source) {
    List<String> parts = new ArrayList<>();
    parts.add(title);
    Optional.ofNullable(body).ifPresent(parts::add);
    return new Wish(parts, source);
  }

  /**
   * The wish that counts: an explicit argument, else what the event brings, else the workflow
   * file's. Blank is absent.
   *
   * @throws UserException where there is none
   */
  public static Wish choose(
      @Nullable String argument, @Nullable Wish event, @Nullable String workflowFile) {
    if (argument != null && !argument.isBlank()) {
      return of(argument, new IntentSource.Argument());
    }
    if (event != null && !event.isBlank()) {
      return event;
    }
    if (workflowFile != null && !workflowFile.isBlank()) {
      return of(workflowFile, new IntentSource.WorkflowFile());
    }
    throw new UserException(
        "no intent: neither an argument, nor the event, nor the workflow file has one; give"
            + " --intent, the input 'intent' or the key 'intent:'");
  }

  private boolean isBlank() {
    return parts.stream().allMatch(String::isBlank);
  }
}
