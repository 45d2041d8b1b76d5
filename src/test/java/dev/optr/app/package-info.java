@NullMarked
package dev.optr.app;

import org.jspecify.annotations.NullMarked;
