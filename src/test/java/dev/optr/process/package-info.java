@NullMarked
package dev.optr.process;

import org.jspecify.annotations.NullMarked;
