package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.UserException;
import java.nio.file.Path;

/** Where a bundle lies in the workspace of a job. */
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
    Path workspace = action.workspace().normalize();
    Path place = workspace.resolve(named).normalize();
    if (!place.startsWith(workspace) || place.equals(workspace)) {
      throw new UserException(
          "input 'bundle': '%s' is no directory below the workspace; write its path from there"
              .formatted(named));
    }
    return place;
  }
}
