package dev.optr.actions;

import dev.optr.base.Secret;
import dev.optr.base.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one step. A blank input is an absent one. Names are read with dashes, as the runner
 * writes them, and with underscores; the underscore spelling wins, because only a user can have
 * written it, while the other may hold a default of {@code action.yml}.
 */
public final class ActionInputs {
  /** Inputs of commands that do not exist yet: set, they would be ignored, so they are refused. */
  private static final List<String> NOT_BUILT = List.of("selector-path", "constraints");

  /** What only a phase of several jobs reads: without one they would be ignored. */
  private static final List<ActionInput> OF_PHASES =
      List.of(ActionInput.AGENT, ActionInput.IMAGES, ActionInput.BUNDLE, ActionInput.BUNDLE_DIGEST);

  /** Separates the values of an input that may have several. */
  private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

  private final Map<ActionInput, String> texts;
  private final Map<ActionInput, Secret> secrets;

  private ActionInputs(Map<ActionInput, String> texts, Map<ActionInput, Secret> secrets) {
    this.texts = texts;
    this.secrets = secrets;
  }

  /**
   * Reads the inputs of an environment.
   *
   * @throws UserException with one message for every input that is not built or has a bad value
   */
  public static ActionInputs of(Map<String, String> environment) {
    List<String> problems = problems(environment);
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    Map<ActionInput, String> texts = new EnumMap<>(ActionInput.class);
    Map<ActionInput, Secret> secrets = new EnumMap<>(ActionInput.class);
    for (ActionInput input : ActionInput.values()) {
      String value = value(environment, input.label());
      if (value != null && input.isCredential()) {
        secrets.put(input, Secret.of(value));
      } else if (value != null) {
        texts.put(input, value);
      }
    }
    return new ActionInputs(texts, secrets);
  }

  /** What is wrong with the inputs of an environment: one message each. */
  static List<String> problems(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    for (String name : NOT_BUILT) {
      if (value(environment, name) != null) {
        problems.add("input '" + name + "': not supported by this version; remove it");
      }
    }
    List<String> phases = Arrays.stream(Phase.values()).map(Phase::label).toList();
    oneOf(environment, ActionInput.PHASE, phases).ifPresent(problems::add);
    problems.addAll(withoutPhase(environment));
    List<String> failOn = Arrays.stream(FailOn.values()).map(FailOn::label).toList();
    oneOf(environment, ActionInput.FAIL_ON, failOn).ifPresent(problems::add);
    oneOf(environment, ActionInput.DRY_RUN, List.of("true", "false")).ifPresent(problems::add);
    return problems;
  }

  private static List<String> withoutPhase(Map<String, String> environment) {
    return value(environment, ActionInput.PHASE.label()) != null
        ? List.of()
        : OF_PHASES.stream()
            .map(ActionInput::label)
            .filter(label -> value(environment, label) != null)
            .map(label -> "input '" + label + "': it is read with input 'phase' alone; remove it")
            .toList();
  }

  private static Optional<String> oneOf(
      Map<String, String> environment, ActionInput input, List<String> allowed) {
    String value = value(environment, input.label());
    if (value == null || allowed.contains(value)) {
      return Optional.empty();
    }
    String choices = allowed.stream().map(s -> "'" + s + "'").collect(Collectors.joining(" or "));
    return Optional.of(
        "input '" + input.label() + "': '" + value + "' is not supported; write " + choices);
  }

  private static @Nullable String value(Map<String, String> environment, String label) {
    String dashed = "INPUT_" + label.toUpperCase(Locale.ROOT);
    String underscored = environment.get(dashed.replace('-', '_'));
    String value =
        underscored == null || underscored.isBlank() ? environment.get(dashed) : underscored;
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The value of an input that is no credential, if it was given. */
  public Optional<String> text(ActionInput input) {
    if (input.isCredential()) {
      throw new IllegalArgumentException(input.label() + " is a credential");
    }
    return Optional.ofNullable(texts.get(input));
  }

  /** The value of an input that is a credential, if it was given. */
  public Optional<Secret> credential(ActionInput input) {
    if (!input.isCredential()) {
      throw new IllegalArgumentException(input.label() + " is no credential");
    }
    return Optional.ofNullable(secrets.get(input));
  }

  /** Every credential that was given, to be masked before anything is printed. */
  public List<Secret> credentials() {
    return List.copyOf(secrets.values());
  }

  /** {@link FailOn#NONE_ADMISSIBLE} unless the workflow says otherwise. */
  public FailOn failOn() {
    String value = texts.get(ActionInput.FAIL_ON);
    return Arrays.stream(FailOn.values())
        .filter(choice -> choice.label().equals(value))
        .findFirst()
        .orElse(FailOn.NONE_ADMISSIBLE);
  }

  /** Which part of the flow this job does; empty = the whole. */
  public Optional<Phase> phase() {
    String value = texts.get(ActionInput.PHASE);
    return Arrays.stream(Phase.values()).filter(phase -> phase.label().equals(value)).findFirst();
  }

  /** The values of an input that may have several, separated by commas or white space. */
  public List<String> list(ActionInput input) {
    return text(input).stream()
        .flatMap(SEPARATOR::splitAsStream)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** True where the run shall plan and spend nothing. */
  public boolean dryRun() {
    return "true".equals(texts.get(ActionInput.DRY_RUN));
  }
}
