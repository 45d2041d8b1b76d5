@NullMarked
package dev.optr.agents.recorded;

import org.jspecify.annotations.NullMarked;
