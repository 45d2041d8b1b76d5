/** Models of any server that speaks the chat completions API, asked turn by turn. */
@NullMarked
package dev.optr.agents.compatible;

import org.jspecify.annotations.NullMarked;
