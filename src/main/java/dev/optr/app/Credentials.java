package dev.optr.app;

import dev.optr.actions.ActionInput;
import dev.optr.actions.ActionInputs;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which credential each lane has, and what to set where it has none: in Actions the inputs,
 * elsewhere the vendors' own variables; a lane's {@code credential} names another variable in both.
 */
final class Credentials {
  private final Map<String, String> environment;
  private final Optional<ActionInputs> inputs;

  private Credentials(Map<String, String> environment, Optional<ActionInputs> inputs) {
    this.environment = Map.copyOf(environment);
    this.inputs = inputs;
  }

  static Credentials ofVariables(Map<String, String> environment) {
    return new Credentials(environment, Optional.empty());
  }

  static Credentials ofInputs(ActionInputs inputs, Map<String, String> environment) {
    return new Credentials(environment, Optional.of(inputs));
  }

  Optional<Secret> of(AgentSpec lane) {
    if (lane.credential() != null) {
      return variable(lane.credential());
    }
    return source(lane.type()).flatMap(this::read);
  }

  /** What to set so that the lane has a credential. */
  String missing(AgentSpec lane) {
    if (lane.credential() != null) {
      return "variable '" + lane.credential() + "'";
    }
    return source(lane.type())
        .map(
            source ->
                inputs.isPresent() ? "input '" + source.input().label() + "'" : source.describe())
        .orElse("variable that 'credential' of agent '" + lane.name() + "' shall name");
  }

  Optional<Secret> signingKey() {
    return read(new Source(ActionInput.SIGNING_KEY, "OPTR_SIGNING_KEY"));
  }

  /** Every credential that this run can hold, for masking and redaction. */
  List<Secret> all(Workflow workflow) {
    List<Secret> all = new ArrayList<>();
    workflow.agents().forEach(lane -> of(lane).ifPresent(all::add));
    signingKey().ifPresent(all::add);
    inputs.ifPresent(given -> all.addAll(given.credentials()));
    all.addAll(Network.secrets(environment));
    for (AgentType type : AgentType.values()) {
      source(type).flatMap(this::read).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<Source> source(AgentType type) {
    return switch (type) {
      case OPENAI_CODEX -> Optional.of(new Source(ActionInput.OPENAI_API_KEY, "OPENAI_API_KEY"));
      case ANTHROPIC_CLAUDE ->
          Optional.of(new Source(ActionInput.ANTHROPIC_API_KEY, "ANTHROPIC_API_KEY"));
      case GITHUB_COPILOT ->
          Optional.of(new Source(ActionInput.COPILOT_TOKEN, "COPILOT_GITHUB_TOKEN"));
      case MS_COPILOT_STRIDE ->
          Optional.of(new Source(ActionInput.DIRECT_LINE_SECRET, "DIRECT_LINE_SECRET"));
      case OPENAI_COMPATIBLE, COMMAND, RECORDED -> Optional.empty();
    };
  }

  private Optional<Secret> read(Source source) {
    return inputs.isPresent()
        ? inputs.get().credential(source.input())
        : variable(source.variable());
  }

  private Optional<Secret> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Secret::of);
  }

  private record Source(ActionInput input, String variable) {
    String describe() {
      return "variable '" + variable + "' (in Actions the input '" + input.label() + "')";
    }
  }
}
