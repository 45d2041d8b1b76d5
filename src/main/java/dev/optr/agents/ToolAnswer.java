package dev.optr.agents;

/** What a tool says. */
public record ToolAnswer(String text, boolean error, String doing) {}
