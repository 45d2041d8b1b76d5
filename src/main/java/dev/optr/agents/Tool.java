package dev.optr.agents;

import dev.optr.base.JsonObject;

/**
 * One tool as providers are told of it.
 *
 * @param schema JSON Schema of its arguments, in the subset that strict tools take
 */
public record Tool(String name, String description, JsonObject schema) {}
