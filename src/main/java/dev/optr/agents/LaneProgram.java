package dev.optr.agents;

import dev.optr.isolation.HostPort;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Map;

/**
 * The program that a lane starts.
 *
 * @param arguments the program and its arguments; no shell reads them
 * @param variables what it gets besides the allowed environment
 * @param hosts all that it may reach where it is confined
 */
public record LaneProgram(
    AgentSpec lane, List<String> arguments, Map<String, String> variables, List<HostPort> hosts) {
  public LaneProgram {
    arguments = List.copyOf(arguments);
    variables = Map.copyOf(variables);
    hosts = List.copyOf(hosts);
  }

  /** No record of ours shows a credential, and one of the variables is. */
  @Override
  public String toString() {
    return "LaneProgram[" + lane.name() + "]";
  }
}
