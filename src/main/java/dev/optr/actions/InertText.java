package dev.optr.actions;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lines that the runner takes for no command. It obeys {@code ::name::} at the start of a line,
 * behind blanks, and {@code ##[name]} anywhere in it, and compares in a culture that does not see
 * some characters: whatever is invisible is replaced before the two are looked for.
 */
final class InertText {
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}&&[^\\t]]|\\p{Cf}|\\p{Zl}|\\p{Zp}");
  // Marks, and letters that show nothing, also stand between two colons without parting them.
  private static final Pattern LEADING =
      Pattern.compile("^([\\p{Z}\\s\\p{C}\\p{M}]*):(?=[\\p{C}\\p{M}]*:)");
  private static final Pattern ANYWHERE =
      Pattern.compile("#(?=[\\p{C}\\p{M}]*#[\\p{C}\\p{M}]*\\[)");

  private InertText() {}

  /** The text's lines, whatever ends them. */
  static Stream<String> lines(String text) {
    return text.lines().map(InertText::line);
  }

  /** A text without line ends. */
  static String line(String line) {
    String seen = UNSEEN.matcher(line).replaceAll("\uFFFD");
    String late = LEADING.matcher(seen).replaceFirst("$1: ");
    return ANYWHERE.matcher(late).replaceAll("# ");
  }
}
