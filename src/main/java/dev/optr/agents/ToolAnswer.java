package dev.optr.agents;

/**
 * What a tool says.
 *
 * @param text for the agent; it may hold what strangers wrote into the repository
 * @param error the call was wrong, or about something that is not there
 * @param doing a few words for a line of progress, safe to print: without control characters, and
 *     naming no path but visible ones
 */
public record ToolAnswer(String text, boolean error, String doing) {}
