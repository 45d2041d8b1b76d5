package dev.optr.agents.microsoft;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who answers in a Foundry project, as the workflow file's {@code model} names it. */
sealed interface FoundryTarget {
  String PREFIX = "agent:";

  Pattern AGENT =
      Pattern.compile("agent:([A-Za-z0-9][A-Za-z0-9-]{0,62})(?::([A-Za-z0-9.-]{1,40}))?");

  /** A model that is deployed in the project. */
  record Deployment(String name) implements FoundryTarget {}

  /**
   * An agent of the project, with its own model, instructions and tools.
   *
   * @param version null = the newest
   */
  record Agent(String name, @Nullable String version) implements FoundryTarget {
    JsonObject reference() {
      Json.Builder reference = Json.object().put("type", "agent_reference").put("name", name);
      return version == null ? reference.build() : reference.put("version", version).build();
    }
  }

  /**
   * @throws UserException where the lane names nobody, or an agent in a way that cannot be read
   */
  static FoundryTarget of(AgentSpec spec) {
    @Nullable String model = spec.model();
    if (model == null) {
      throw new UserException(
          "workflow: agent '%s': backend 'foundry' needs 'model:', the name of a deployment in the project, or 'agent:NAME' for an agent of it"
              .formatted(spec.name()));
    }
    if (!model.startsWith(PREFIX)) {
      return new Deployment(model);
    }
    Matcher agent = AGENT.matcher(model);
    if (!agent.matches()) {
      throw new UserException(
          "workflow: agent '%s': model '%s' names no agent; write 'agent:NAME' or 'agent:NAME:VERSION' with letters, digits and dashes"
              .formatted(spec.name(), model));
    }
    return new Agent(agent.group(1), agent.group(2));
  }
}
