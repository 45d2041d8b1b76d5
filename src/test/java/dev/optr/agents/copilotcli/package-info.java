@NullMarked
package dev.optr.agents.copilotcli;

import org.jspecify.annotations.NullMarked;
