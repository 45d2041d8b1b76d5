/**
 * Agents of type {@code command}: a program of the user's, started in a working copy. It proposes
 * by changing files there, or with the JSON protocol on standard output.
 */
@NullMarked
package dev.optr.agents.command;

import org.jspecify.annotations.NullMarked;
