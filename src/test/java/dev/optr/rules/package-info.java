@NullMarked
package dev.optr.rules;

import org.jspecify.annotations.NullMarked;
