/** Tests of Copilot's cloud agent. */
@NullMarked
package dev.optr.agents.copilot;

import org.jspecify.annotations.NullMarked;
