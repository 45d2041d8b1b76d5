@NullMarked
package dev.optr.agents.command;

import org.jspecify.annotations.NullMarked;
