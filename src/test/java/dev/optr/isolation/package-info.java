/** Isolation by attack: each is tried without isolation, where it must succeed, and with it. */
@NullMarked
package dev.optr.isolation;

import org.jspecify.annotations.NullMarked;
