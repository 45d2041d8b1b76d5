package dev.optr.intent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.UserException;
import dev.optr.intent.IntentNormalizer.Normalized;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.stream.Collectors;

/** Freezes a wish: normalised, bound to a commit and a policy, digested. */
public final class IntentReader {
  /** Of the normalised text, in bytes of UTF-8. */
  static final int MOST_BYTES = 64 << 10;

  // Checked before anything is done with the text, so that normalising is cheap.
  private static final int MOST_CHARACTERS = 1 << 20;

  private IntentReader() {}

  /**
   * @throws UserException where nothing visible is wanted, or more than 64 KiB of it
   */
  public static Intent read(Wish wish, Workflow workflow, Frozen frozen) {
    checkSize(wish, wish.parts().stream().mapToInt(String::length).sum(), MOST_CHARACTERS);
    List<Normalized> parts = wish.parts().stream().map(IntentNormalizer::normalize).toList();
    String text =
        parts.stream()
            .map(Normalized::text)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("\n\n"));
    if (text.isBlank()) {
      throw new UserException(
          described(wish) + " has no visible text; write what is wanted outside HTML comments");
    }
    checkSize(wish, text.getBytes(UTF_8).length, MOST_BYTES);
    return IntentDocument.freeze(text, wish.source(), stripped(parts, frozen), workflow, frozen);
  }

  /**
   * The wish of an earlier run, about a commit and a policy of now. The digest is the earlier one
   * where tree and policy still are.
   */
  public static Intent again(Intent earlier, Workflow workflow, Frozen frozen) {
    return IntentDocument.freeze(
        earlier.text(), earlier.source(), earlier.stripped(), workflow, frozen);
  }

  private static Intent.Stripped stripped(List<Normalized> parts, Frozen frozen) {
    return new Intent.Stripped(
        parts.stream().mapToInt(Normalized::htmlComments).sum(),
        parts.stream().mapToInt(Normalized::invisible).sum(),
        parts.stream().mapToInt(Normalized::bidi).sum(),
        frozen.excludedFiles());
  }

  private static void checkSize(Wish wish, int size, int most) {
    if (size > most) {
      throw new UserException(
          described(wish)
              + " is "
              + size
              + " bytes long, allowed are at most "
              + MOST_BYTES
              + "; put the detail into files of the repository and name them");
    }
  }

  private static String described(Wish wish) {
    return switch (wish.source()) {
      case IntentSource.PullRequest(long number, String _) -> "pull request #" + number;
      case IntentSource.Comment(long number, String _) -> "the comment on #" + number;
      case IntentSource.Argument() -> "the intent given as an argument";
      case IntentSource.WorkflowFile() -> "the workflow file's 'intent'";
    };
  }
}
