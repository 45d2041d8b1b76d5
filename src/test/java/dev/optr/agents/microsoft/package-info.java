@NullMarked
package dev.optr.agents.microsoft;

import org.jspecify.annotations.NullMarked;
