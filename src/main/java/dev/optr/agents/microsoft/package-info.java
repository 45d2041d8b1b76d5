/**
 * Microsoft's agents: Copilot Studio over Direct Line, Microsoft 365 Copilot over Graph or Work IQ,
 * which all speak the protocol as text, and the models and agents of a Foundry project over the
 * Responses API.
 */
@NullMarked
package dev.optr.agents.microsoft;

import org.jspecify.annotations.NullMarked;
