/**
 * Starts foreign programs (candidate code, agents that are programs), each with a home of its own
 * and an environment that is written out, and ends them with everything that they started. This is
 * no isolation: they have this user's rights, unless the {@link Launcher} takes them away.
 */
@NullMarked
package dev.optr.process;

import org.jspecify.annotations.NullMarked;
