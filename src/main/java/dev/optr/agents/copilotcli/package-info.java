/**
 * GitHub Copilot's own command line program as a lane ({@code type: github-copilot}, {@code
 * backend: cli}): it works in a copy of what the lane may see.
 */
@NullMarked
package dev.optr.agents.copilotcli;

import org.jspecify.annotations.NullMarked;
