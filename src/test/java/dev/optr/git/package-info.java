@NullMarked
package dev.optr.git;

import org.jspecify.annotations.NullMarked;
