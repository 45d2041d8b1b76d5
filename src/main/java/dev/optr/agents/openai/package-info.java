/**
 * OpenAI's models, asked in one turn over the Responses API: a question in, one typed answer out.
 */
@NullMarked
package dev.optr.agents.openai;

import org.jspecify.annotations.NullMarked;
