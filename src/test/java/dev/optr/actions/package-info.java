@NullMarked
package dev.optr.actions;

import org.jspecify.annotations.NullMarked;
