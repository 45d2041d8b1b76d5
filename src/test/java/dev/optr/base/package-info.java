@NullMarked
package dev.optr.base;

import org.jspecify.annotations.NullMarked;
