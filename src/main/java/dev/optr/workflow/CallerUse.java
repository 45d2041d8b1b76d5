package dev.optr.workflow;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job or a step uses.
 *
 * @param mark where it is written
 * @param text as it is written
 * @param part which of our parts it is
 * @param pinned whether nobody can put something else under that name
 * @param image whether it is named as {@code docker://}, so that no action.yml is read
 */
record CallerUse(Mark mark, String text, Part part, boolean pinned, boolean image) {
  private static final Pattern REMOTE =
      Pattern.compile("(?<name>[^/@\\s]+/[^/@\\s]+)(?<path>/[^@\\s]*)?@(?<ref>\\S+)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}");
  private static final Pattern IMAGE =
      Pattern.compile("docker://(?:[^@\\s]*/)?(?<name>[^/:@\\s]+)(?::[^@\\s]*)?(?<digest>@\\S+)?");
  private static final Pattern DIGEST = Pattern.compile("@sha256:[0-9a-f]{64}");
  private static final String OURS = "optr-executor";

  enum Part {
    ACTION,
    APPLY,
    WORKFLOW,
    OTHER
  }

  /**
   * @param own which local paths are ours; empty but in this project's own repository
   */
  static CallerUse of(YamlNode.Scalar scalar, Map<String, Part> own) {
    String text = scalar.text().strip();
    if (text.startsWith("./") || text.equals(".")) {
      String path = text.length() > 2 && text.endsWith("/") ? text.replaceAll("/+$", "") : text;
      return new CallerUse(scalar.mark(), text, own.getOrDefault(path, Part.OTHER), true, false);
    }
    Matcher image = IMAGE.matcher(text);
    if (image.matches()) {
      String digest = image.group("digest");
      return new CallerUse(
          scalar.mark(),
          text,
          image.group("name").equals(OURS) ? Part.ACTION : Part.OTHER,
          digest != null && DIGEST.matcher(digest).matches(),
          true);
    }
    Matcher remote = REMOTE.matcher(text);
    return remote.matches()
        ? new CallerUse(
            scalar.mark(), text, part(remote), COMMIT.matcher(remote.group("ref")).matches(), false)
        : new CallerUse(scalar.mark(), text, Part.OTHER, false, false);
  }

  boolean isOurs() {
    return part != Part.OTHER;
  }

  /** Whether it is the action of that name, in any version. */
  boolean isAction(String name) {
    return text.toLowerCase(Locale.ROOT).startsWith(name + "@");
  }

  // Owners differ by mirror; GitHub does not tell case apart in names of repositories.
  private static Part part(Matcher remote) {
    String repository = remote.group("name").toLowerCase(Locale.ROOT);
    if (!repository.endsWith("/" + OURS)) {
      return Part.OTHER;
    }
    String path = remote.group("path") == null ? "" : remote.group("path");
    return switch (path) {
      case "", "/" -> Part.ACTION;
      case "/apply" -> Part.APPLY;
      case "/.github/workflows/optr.yml", "/.github/workflows/optr.yaml" -> Part.WORKFLOW;
      default -> Part.OTHER;
    };
  }
}
