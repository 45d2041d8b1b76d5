/** OpenAI's models, asked turn by turn over the Responses API. */
@NullMarked
package dev.optr.agents.openai;

import org.jspecify.annotations.NullMarked;
