@NullMarked
package dev.optr.evidence;

import org.jspecify.annotations.NullMarked;
