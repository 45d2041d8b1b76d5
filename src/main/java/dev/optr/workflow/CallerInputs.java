package dev.optr.workflow;

import dev.optr.actions.ActionInput;
import dev.optr.actions.FailOn;
import dev.optr.actions.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inputs that there are, as action.yml, apply/action.yml and the reusable workflow have them.
 */
final class CallerInputs {
  static final List<String> ACTION = ActionInput.labels();
  static final List<String> APPLY = List.of("bundle", "bundle-digest", "row", "path");
  static final List<String> CALLED =
      List.of("workflow", "intent", "agents", "images", "setup", "genesis", "fail-on", "app-id");
  static final List<String> SECRETS =
      List.of(
          "openai-api-key",
          "anthropic-api-key",
          "copilot-token",
          "microsoft-tenant-id",
          "microsoft-client-id",
          "microsoft-client-secret",
          "microsoft-token",
          "direct-line-secret",
          "signing-key",
          "writer-token",
          "app-private-key");

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          ActionInput.PHASE.label(),
          Arrays.stream(Phase.values()).map(Phase::label).distinct().toList(),
          ActionInput.FAIL_ON.label(),
          Arrays.stream(FailOn.values()).map(FailOn::label).toList(),
          ActionInput.DRY_RUN.label(),
          List.of("true", "false"));

  private CallerInputs() {}

  static List<String> of(CallerUse.Part part) {
    return switch (part) {
      case ACTION -> ACTION;
      case APPLY -> APPLY;
      case WORKFLOW -> CALLED;
      case OTHER -> List.of();
    };
  }

  /** The values that an input may have; empty where it may have any. */
  static Optional<List<String>> choices(String input) {
    return Optional.ofNullable(CHOICES.get(input));
  }

  static boolean isCredential(String input) {
    return Arrays.stream(ActionInput.values())
        .anyMatch(known -> known.label().equals(input) && known.isCredential());
  }
}
