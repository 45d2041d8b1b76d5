@NullMarked
package dev.optr.agents;

import org.jspecify.annotations.NullMarked;
