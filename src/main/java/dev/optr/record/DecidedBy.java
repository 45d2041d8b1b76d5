package dev.optr.record;

import dev.optr.base.JsonObject;

/**
 * The selector that decided, so that its decision can be recomputed.
 *
 * @param parameters every constant, prior and price that it used
 */
public record DecidedBy(String selector, String version, JsonObject parameters) {}
