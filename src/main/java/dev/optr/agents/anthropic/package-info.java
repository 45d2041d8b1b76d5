/**
 * Anthropic's models, asked turn by turn over the Messages API, with a key or with the identity of
 * the job that asks. Takes a prompt and tools, gives turns; what the model said is carried along
 * unchanged.
 */
@NullMarked
package dev.optr.agents.anthropic;

import org.jspecify.annotations.NullMarked;
