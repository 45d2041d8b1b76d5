/**
 * Carries a run from one machine to the next: proposals in, a directory of digested files out, and
 * back; and the jobs that are to verify them.
 */
@NullMarked
package dev.optr.bundle;

import org.jspecify.annotations.NullMarked;
