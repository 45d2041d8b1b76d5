/**
 * Anthropic's models, asked in one turn over the Messages API: a question in, one typed answer out.
 */
@NullMarked
package dev.optr.agents.anthropic;

import org.jspecify.annotations.NullMarked;
