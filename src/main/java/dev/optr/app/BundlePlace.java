package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where bundles lie in the workspace of a job. */
final class BundlePlace {
  private static final String DEFAULT = "optr-bundle";

  private BundlePlace() {}

  /**
   * As the input says it.
   *
   * @throws UserException where that is outside of the workspace
   */
  static Path in(ActionEnvironment action) {
    String named = action.inputs().text(ActionInput.BUNDLE).orElse(DEFAULT);
    return in(action, "bundle", named);
  }

  /**
   * The digests by directory of the bundles to gather, a line {@code <digest> <directory>} each. A
   * line without a digest is of a job that gave none.
   *
   * @param notices hears of those
   * @throws UserException where a line is none, or none has a digest
   */
  static Map<Path, String> listed(ActionEnvironment action, Consumer<String> notices) {
    Map<Path, String> digests = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String line :
        action.inputs().text(ActionInput.BUNDLE_DIGEST).orElse("").lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length == 1 && !words[0].isEmpty()) {
        notices.accept("'%s': its job gave no bundle".formatted(words[0]));
      } else if (words.length == 2) {
        digests.put(in(action, "bundle-digest", words[1]), words[0]);
      } else {
        problems.add(
            "input 'bundle-digest': '%s' is no line '<digest>  <directory>'".formatted(line));
      }
    }
    if (digests.isEmpty() && problems.isEmpty()) {
      problems.add(
          "input 'bundle-digest': no job gave a bundle; the logs of the propose jobs say why");
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return digests;
  }

  private static Path in(ActionEnvironment action, String input, String named) {
    Path workspace = action.workspace().normalize();
    Path place = workspace.resolve(named).normalize();
    if (!place.startsWith(workspace) || place.equals(workspace)) {
      throw new UserException(
          "input '%s': '%s' is no directory below the workspace; write its path from there"
              .formatted(input, named));
    }
    return place;
  }
}
