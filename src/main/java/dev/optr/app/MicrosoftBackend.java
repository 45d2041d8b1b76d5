package dev.optr.app;

import dev.optr.workflow.AgentSpec;

/** The services behind the type {@code ms-copilot-stride}. */
enum MicrosoftBackend {
  DIRECT_LINE,
  GRAPH,
  WORK_IQ,
  FOUNDRY;

  /** The backend that a lane names; {@link #DIRECT_LINE} where it names none. */
  static MicrosoftBackend of(AgentSpec lane) {
    return switch (lane.backend()) {
      case null -> DIRECT_LINE;
      case "direct-line" -> DIRECT_LINE;
      case "graph" -> GRAPH;
      case "work-iq" -> WORK_IQ;
      case "foundry" -> FOUNDRY;
      case String other ->
          throw new IllegalStateException("the workflow file's reader knows no " + other);
    };
  }
}
