@NullMarked
package dev.optr.intent;

import org.jspecify.annotations.NullMarked;
