package dev.optr.agents;

/**
 * A model wants a tool called.
 *
 * @param id the provider's, which the result names again; empty where the call came as text
 * @param arguments JSON as the model wrote it, possibly none
 */
public record ToolCall(String id, String name, String arguments) {}
