/**
 * What every step needs: JSON, digests, secrets, the two kinds of fault, the way to other hosts.
 * Imports nothing.
 */
@NullMarked
package dev.optr.base;

import org.jspecify.annotations.NullMarked;
