@NullMarked
package dev.optr.agents.anthropic;

import org.jspecify.annotations.NullMarked;
