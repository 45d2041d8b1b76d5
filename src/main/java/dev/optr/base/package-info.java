/**
 * Values that every step needs: JSON, digests, secrets, the two kinds of fault. Imports nothing.
 */
@NullMarked
package dev.optr.base;

import org.jspecify.annotations.NullMarked;
