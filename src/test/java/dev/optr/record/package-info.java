@NullMarked
package dev.optr.record;

import org.jspecify.annotations.NullMarked;
