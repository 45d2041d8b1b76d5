package dev.optr.workflow;

/** The kinds of agent that a workflow file can name. */
public enum AgentType {
  OPENAI_CODEX("openai-codex"),
  ANTHROPIC_CLAUDE("anthropic-claude"),
  GITHUB_COPILOT("github-copilot"),
  MS_COPILOT_STRIDE("ms-copilot-stride"),
  OPENAI_COMPATIBLE("openai-compatible"),
  COMMAND("command"),
  RECORDED("recorded");

  private final String id;

  AgentType(String id) {
    this.id = id;
  }

  /** As written in the workflow file and in documents. */
  public String id() {
    return id;
  }
}
