@NullMarked
package dev.optr.selection;

import org.jspecify.annotations.NullMarked;
