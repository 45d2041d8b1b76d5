@NullMarked
package dev.optr.agents.compatible;

import org.jspecify.annotations.NullMarked;
