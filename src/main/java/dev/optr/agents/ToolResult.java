package dev.optr.agents;

/**
 * What a call gave.
 *
 * @param callId of the call
 * @param error the call failed, and {@code text} says why and what to do
 */
public record ToolResult(String callId, String text, boolean error) {}
