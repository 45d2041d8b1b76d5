package dev.optr.agents;

import dev.optr.base.JsonObject;

/** One tool as providers are told of it. */
public record Tool(String name, String description, JsonObject schema) {}
