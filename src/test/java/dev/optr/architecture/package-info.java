@NullMarked
package dev.optr.architecture;

import org.jspecify.annotations.NullMarked;
