package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which paths may stand in a tree. The first group of rules guards this machine and holds for every
 * path; the second keeps a repository usable on Windows and macOS and holds for new paths only,
 * because an existing {@code aux.c} must remain editable.
 */
final class PathPolicy {
  private static final int LONGEST_PATH = 4000;
  private static final int LONGEST_NAME = 255;
  private static final Pattern DOT_GIT_SHORT_NAME = Pattern.compile("git~[0-9]+");
  private static final Pattern WINDOWS_DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)[ ]*([.:].*)?");

  private PathPolicy() {}

  /** Why no file may lie at this path, if so. */
  static Optional<String> problem(String path) {
    if (path.isEmpty()) {
      return Optional.of("an empty path");
    }
    if (path.startsWith("/")) {
      return Optional.of("an absolute path");
    }
    if (!isWellFormed(path)) {
      return Optional.of("a path that is not well-formed text");
    }
    if (path.indexOf('\\') >= 0) {
      return Optional.of("a path with a backslash");
    }
    if (path.codePoints().anyMatch(PathPolicy::isControl)) {
      return Optional.of("a path with a control character");
    }
    if (path.getBytes(UTF_8).length > LONGEST_PATH) {
      return Optional.of("a path over " + LONGEST_PATH + " bytes");
    }
    return names(path).stream().map(PathPolicy::nameProblem).flatMap(Optional::stream).findFirst();
  }

  /**
   * Why writing a file of an existing tree at this path would leave the directory or reach into its
   * {@code .git}, if so. Odd names that a repository has are its own business.
   */
  static Optional<String> escape(String path) {
    if (path.startsWith("/") || path.indexOf(0) >= 0) {
      return Optional.of("an absolute path or one with a zero byte");
    }
    return names(path).stream().map(PathPolicy::nameProblem).flatMap(Optional::stream).findFirst();
  }

  /** Why no new file may be made at this path, if so. */
  static Optional<String> newPathProblem(String path) {
    return problem(path)
        .or(
            () ->
                names(path).stream()
                    .map(PathPolicy::portabilityProblem)
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private static List<String> names(String path) {
    return List.of(path.split("/", -1));
  }

  private static Optional<String> nameProblem(String name) {
    if (name.isEmpty()) {
      return Optional.of("a path with an empty segment");
    }
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("a path with a segment '" + name + "'");
    }
    if (name.getBytes(UTF_8).length > LONGEST_NAME) {
      return Optional.of("a path with a segment over " + LONGEST_NAME + " bytes");
    }
    String seen = asWindowsSees(fold(name));
    if (seen.equals(".git") || DOT_GIT_SHORT_NAME.matcher(seen).matches()) {
      return Optional.of("a path into '.git'");
    }
    return Optional.empty();
  }

  private static Optional<String> portabilityProblem(String name) {
    if (name.indexOf(':') >= 0) {
      return Optional.of("a path with a colon");
    }
    if (name.endsWith(".") || name.endsWith(" ")) {
      return Optional.of("a path with a segment that ends in a dot or a space");
    }
    if (WINDOWS_DEVICE.matcher(fold(name)).matches()) {
      return Optional.of("a path with the Windows device name '" + name + "'");
    }
    if (name.codePoints().anyMatch(PathPolicy::isIgnorable)) {
      return Optional.of("a path with an invisible character");
    }
    return Optional.empty();
  }

  /** NTFS drops dots and spaces at the end, and what follows a colon names a stream of the file. */
  private static String asWindowsSees(String name) {
    int colon = name.indexOf(':');
    String file = colon < 0 ? name : name.substring(0, colon);
    int end = file.length();
    while (end > 0 && (file.charAt(end - 1) == '.' || file.charAt(end - 1) == ' ')) {
      end--;
    }
    return file.substring(0, end);
  }

  /**
   * Equal for names that some file system takes for the same: without case, without Unicode
   * composition, without characters that HFS+ ignores.
   */
  static String fold(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name.toLowerCase(Locale.ROOT);
    }
    StringBuilder visible = new StringBuilder();
    name.codePoints().filter(c -> !isIgnorable(c)).forEach(visible::appendCodePoint);
    String decomposed = Normalizer.normalize(visible, Normalizer.Form.NFD);
    return Normalizer.normalize(
        decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /** Format characters: zero width, joiners, direction marks. HFS+ ignores most of them. */
  private static boolean isIgnorable(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT;
  }

  /** Whether a text has no lone surrogate, and so has one encoding as UTF-8. */
  static boolean isWellFormed(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  /** A path as it may stand in a message: nothing invisible, of bounded length. */
  static String printable(String path) {
    StringBuilder shown = new StringBuilder();
    path.codePoints()
        .limit(200)
        .forEach(
            c -> {
              if (isControl(c) || isIgnorable(c) || Character.getType(c) == Character.SURROGATE) {
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return path.codePointCount(0, path.length()) > 200 ? shown + "..." : shown.toString();
  }
}
