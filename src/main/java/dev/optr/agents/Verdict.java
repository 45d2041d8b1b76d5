package dev.optr.agents;

import org.jspecify.annotations.Nullable;

/**
 * What a judge says of one constraint; words of a model, not yet believed.
 *
 * @param constraint its id
 * @param held null = the judge cannot tell
 * @param quote of the change, what the verdict rests on; may be empty where {@code held} is null
 */
public record Verdict(String constraint, @Nullable Boolean held, String quote) {}
