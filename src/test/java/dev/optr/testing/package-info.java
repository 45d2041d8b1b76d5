@NullMarked
package dev.optr.testing;

import org.jspecify.annotations.NullMarked;
