/**
 * GitHub Copilot's cloud agent: a task that works on a branch of its own in the user's repository,
 * and that branch's difference as the proposal.
 */
@NullMarked
package dev.optr.agents.copilot;

import org.jspecify.annotations.NullMarked;
