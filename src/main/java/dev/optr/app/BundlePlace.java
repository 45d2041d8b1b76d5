package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a bundle lies in the workspace of a job. */
final class BundlePlace {
  /** Where the input says nothing. */
  static final String DEFAULT = "optr-bundle";

  private BundlePlace() {}

  /**
   * As the input says it.
   *
   * @throws UserException where that is outside of the workspace
   */
  static Path in(ActionEnvironment action) {
    String named = action.inputs().text(ActionInput.BUNDLE).orElse(DEFAULT);
    Path workspace = action.workspace().normalize();
    Path place = workspace.resolve(named).normalize();
    if (!place.startsWith(workspace) || place.equals(workspace)) {
      throw new UserException(
          "input 'bundle': '%s' is no directory below the workspace; write its path from there"
              .formatted(named));
    }
    return place;
  }

  /**
   * The bundles of a directory, each in one of its own, by the digests that came another way.
   *
   * @throws UserException where one of either has no other
   */
  static Map<Path, String> below(Path directory, List<String> digests) {
    List<String> expected = new ArrayList<>(digests);
    Map<Path, String> found = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Path bundle : children(directory)) {
      String digest = BundleReader.digest(bundle);
      if (expected.remove(digest)) {
        found.put(bundle, digest);
      } else {
        problems.add(bundle + ": 'bundle-digest' does not name its digest " + digest);
      }
    }
    expected.forEach(
        digest -> problems.add(directory + ": no bundle here has the digest '" + digest + "'"));
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return found;
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw ServiceException.lasting(
          "input 'bundle': %s cannot be listed; download the bundles there, each in a directory of its own"
              .formatted(directory),
          e);
    }
  }
}
