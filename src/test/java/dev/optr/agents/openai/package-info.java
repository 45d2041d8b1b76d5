@NullMarked
package dev.optr.agents.openai;

import org.jspecify.annotations.NullMarked;
