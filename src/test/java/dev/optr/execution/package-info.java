@NullMarked
package dev.optr.execution;

import org.jspecify.annotations.NullMarked;
